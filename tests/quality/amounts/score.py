# ruff: noqa: B007, B023, E401, E501, E701, E702, E731, E741, FURB171, I001, N806, PIE804, PT018, RET503, SIM102, SIM115, T201
# fmt: off
"""Score an amount/date extractor on the uniform JSONL format.

  score.py FILE.jsonl [...] --callable mymod:extract      (module or path/to/file.py:func)
  score.py FILE.jsonl [...] --cmd "prog args"              JSONL in  {"id","lang","text","reference_date"}
                                                           JSONL out {"id","mentions":[{...}]}; kinds other than the nine below are left out
  score.py --self-test FILE.jsonl [...]
extract(text, lang, reference_date) -> [{"start","end","kind","value" | "low"/"high","unit","approx","noun"}]
kinds: number count money quantity percent temperature age duration date.  end is exclusive.
Dates: ISO partial strings (2025, 2025-01, 2025-01-08, 2025-W06, 2025-Q1, 2025-H1, 2025-SU, 199X, 19XX, 2025-02-06TEV) or low/high (inclusive).

Case fields: "kind" = scope, "ignore" spans, "isolated" = text is nothing but the amount. Item fields: "alt" other accepted spans,
"any_of" other accepted values, "optional" (never counted), "span":"within" (any span inside is exact: date + time of day), "tol" days.

Per gold item three ways to be right (each one-to-one matched):
  strict  : kind compatible + span exact (canonical or a listed alternative) + value + unit
  value   : kind compatible + spans overlap + value + unit          (what a side panel needs)
  relaxed : kind compatible + spans overlap
False positives: any unmatched prediction whose kind is in the case's scope ("kind" of the case; "all" = every kind),
unless it overlaps an "ignore" span or an "optional" item.
"""
import argparse, collections, datetime as dt, importlib, importlib.util, json, re, shlex, subprocess, sys, time
from decimal import Decimal, InvalidOperation

# ---------------------------------------------------------------- units -> (dimension, factor)
U = {}
def _u(dim, **kw):
    for k, f in kw.items(): U[k] = (dim, f)
_SI = {'p':1e-12,'n':1e-9,'µ':1e-6,'m':1e-3,'c':1e-2,'d':1e-1,'':1,'da':1e1,'h':1e2,'k':1e3,'M':1e6,'G':1e9,'T':1e12,'P':1e15,'E':1e18}
for base, dim, f, pre in [('m','len',1,'p n µ m c d  da h k'.split(' ')),('g','mass',1e-3,'p n µ m c d  h k M G T'.split(' ')),('L','vol',1e-3,'µ m c d  h k M G'.split(' ')),
        ('W','pow',1,'m  k M G T'.split(' ')),('Wp','powp',1,' k M G'.split(' ')),('Wh','en',3600,' k M G T P'.split(' ')),('J','en',1,' k M G T P E'.split(' ')),('cal','en',4.184,' k'.split(' ')),('eV','en',1.602e-19,' k M G T'.split(' ')),
        ('V','volt',1,'m  k M'.split(' ')),('VA','va',1,' k M'.split(' ')),('A','amp',1,'m  k'.split(' ')),('Ah','ah',1,'m '.split(' ')),('Hz','freq',1,' k M G T'.split(' ')),('Pa','pres',1,' h k M G'.split(' ')),('bar','pres',1e5,'m '.split(' ')),
        ('N','force',1,' k M'.split(' ')),('B','info',8,' k M G T P E'.split(' ')),('bit','info',1,' k M G T'.split(' ')),('s','time',1,'n µ m '.split(' ')),('Sv','sv',1,'µ m '.split(' ')),('Bq','bq',1,' k M G T'.split(' ')),('mol','mol',1,'m '.split(' ')),('FLOPS','flops',1,' G T P E'.split(' ')),('t','mass',1000,' k M G'.split(' ')),('px','px',1,' M'.split(' '))]:
    for p in pre: U[p+base] = (dim, f*_SI[p])
_u('len', **{'mi':1609.344,'ft':.3048,'in':.0254,'yd':.9144,'nmi':1852.,'ly':9.4607e15,'AU':1.495978707e11,'pc':3.0857e16})
for b in ['m','km','cm','mm','dm','ft','mi','in','yd']: U[b+'2'] = ('area', U[b][1]**2); U[b+'3'] = ('vol', U[b][1]**3)
_u('area', ha=1e4, ar=100., acre=4046.8564224)
_u('vol', gal=3.785411784e-3, bbl=.158987294928, tsp=4.92892e-6, tbsp=14.78676e-6, cup=2.365882e-4, floz=2.957353e-5, pint=4.731765e-4, qt=9.463529e-4)
_u('mass', lb=.45359237, oz=.028349523125, dr=.0017718, st=6.35029318, cwt=50.8)
_u('time', **{'min':60,'h':3600,'d':86400,'wk':604800,'mo':2629800,'a':31557600,'qtr':7889400})
_u('ang', **{'deg':1.,'rad':57.29577951308232,'turn':360.})
_u('pct', **{'%':1.,'‰':.1,'pp':1.}); U['pp'] = ('pp', 1.); U['bp'] = ('pp', .01)
for t in ['°C','°F','K']: U[t] = ('temp'+t, 1.)
U['°'] = ('temp?', 1.)
_u('kn', kn=.514444); U['kn'] = ('len/time', .514444); U['mph'] = ('len/time', .44704)
U['ppm'] = ('ppm', 1); U['dB'] = ('dB', 1); U['car'] = ('car', 1); U['teu'] = ('teu', 1)
ALIAS = {'m²':'m2','km²':'km2','cm²':'cm2','mm²':'mm2','ft²':'ft2','m³':'m3','cm³':'cm3','ft³':'ft3','l':'L','ml':'mL','cl':'cL','dl':'dL','hl':'hL','yr':'a','year':'a','y':'a','month':'mo','week':'wk','day':'d','hour':'h','percent':'%','procent':'%','degC':'°C','degF':'°F','C':'°C','F':'°F','μm':'µm','um':'µm','μg':'µg','ug':'µg','°deg':'deg','BTC':'XBT','ton':'t','tonne':'t','km/u':'km/h','kph':'km/h','m^2':'m2','km^2':'km2','m^3':'m3','l/s':'L/s'}
def unit(u):
    """-> (dimension string, factor)"""
    if u is None or u == '': return ('', 1.0)
    u = str(u).strip(); u = ALIAS.get(u, u)
    if u in U: return U[u]
    if '/' in u:
        n, d = u.split('/', 1); (a, fa), (b, fb) = unit(n if n != '1' else ''), unit(d)
        return (f'{a}/{b}', fa/fb)
    if re.fullmatch(r'[A-Z]{3}', u): return ('cur:'+u, 1.0)
    if u[:1] == 'k' and re.fullmatch(r'k[A-Z]{3}', u): return ('cur:'+u[1:], 1e3)
    return ('?'+u, 1.0)
def unit_ok(gu, pu):
    (gd, gf), (pd, pf) = unit(gu), unit(pu)
    if gd == pd: return gf, pf
    if gd == 'temp?' and (pd.startswith('temp') or pd == 'ang'): return 1, 1
    if gd == 'ang' and pd == 'temp?': return 1, 1
    return None
def num(x):
    if x is None or isinstance(x, bool): return None
    try: return Decimal(str(x).replace('\u2212', '-'))
    except InvalidOperation: return None
def close(a, b, tol=2e-4):
    a, b = float(a), float(b)
    return a == b or abs(a-b) <= tol*max(abs(a), abs(b))
# ---------------------------------------------------------------- dates
def _last(y, m): return dt.date(y + m//12, m % 12 + 1, 1) - dt.timedelta(1)
SEAS = {'SP':(3,5),'SU':(6,8),'FA':(9,11),'AU':(9,11),'WI':(12,14)}
def dspan(v):
    """partial ISO/TIMEX/EDTF string -> (first day, last day, tolerance in days) or None"""
    if v is None: return None
    v = str(v).strip().replace(' ', 'T') if re.match(r'\d{4}-\d\d-\d\d \d', str(v)) else str(v).strip()
    try:
        if m := re.fullmatch(r'(\d{4})-(\d\d)-(\d\d)(T.*)?', v): d = dt.date(*map(int, m.groups()[:3])); return d, d, 0
        if m := re.fullmatch(r'(\d{4})-(\d\d)', v): y, k = map(int, m.groups()); return dt.date(y, k, 1), _last(y, k), 0
        if m := re.fullmatch(r'(\d{4})', v): y = int(v); return dt.date(y,1,1), dt.date(y,12,31), 0
        if m := re.fullmatch(r'(\d{4})-W(\d\d)', v): d = dt.date.fromisocalendar(int(m[1]), int(m[2]), 1); return d, d+dt.timedelta(6), 0
        if m := re.fullmatch(r'(\d{4})-W(\d\d)-WE', v): d = dt.date.fromisocalendar(int(m[1]), int(m[2]), 6); return d, d+dt.timedelta(1), 1
        if m := re.fullmatch(r'(\d{4})-W(\d\d)-(\d)', v): d = dt.date.fromisocalendar(int(m[1]), int(m[2]), int(m[3])); return d, d, 0
        if m := re.fullmatch(r'(\d{4})-Q(\d)', v): y, q = int(m[1]), int(m[2]); return dt.date(y, 3*q-2, 1), _last(y, 3*q), 0
        if m := re.fullmatch(r'(\d{4})-H(\d)', v): y, q = int(m[1]), int(m[2]); return dt.date(y, 6*q-5, 1), _last(y, 6*q), 0
        if m := re.fullmatch(r'(\d{3})X', v): y = int(m[1])*10; return dt.date(max(y,1),1,1), dt.date(y+9,12,31), 0
        if m := re.fullmatch(r'(\d{2})XX', v): y = int(m[1])*100; return dt.date(max(y,1),1,1), dt.date(y+99,12,31), 366
        if m := re.fullmatch(r'(\d{4})-(SP|SU|FA|AU|WI)', v):
            y = int(m[1]); a, b = SEAS[m[2]]; return dt.date(y, a, 1), _last(y + (b > 12), (b-1) % 12 + 1), 31
    except ValueError: return None
    return None
def drange(it):
    """-> (lo, hi, tol); lo/hi None = open; or None when unresolvable"""
    if it.get('value') is not None: return dspan(it['value'])
    lo, hi = it.get('low'), it.get('high')
    if lo is None and hi is None: return None
    a = dspan(lo) if lo is not None else (None, None, 0); b = dspan(hi) if hi is not None else (None, None, 0)
    if a is None or b is None: return None
    return a[0], b[1], max(a[2], b[2])
def date_eq(g, p):
    if g.get('value') is not None and str(g['value']) == str(p.get('value')): return True
    a, b = drange(g), drange(p)
    if a is None or b is None: return False
    tol = max(a[2], b[2], g.get('tol') or 0)
    for x, y in ((a[0], b[0]), (a[1], b[1])):
        if (x is None) != (y is None): return False
        if x is not None and abs((x-y).days) > tol: return False
    return True
# ---------------------------------------------------------------- matching
COMPAT = {'number':{'number','count'},'count':{'count','number'},'percent':{'percent'},'money':{'money'},'quantity':{'quantity','temperature'},
          'temperature':{'temperature','quantity'},'age':{'age','duration','quantity'},'duration':{'duration','age','quantity'},'date':{'date'}}
FPSCOPE = {'number':{'number','count'},'range':set(),'money':{'money'},'quantity':{'quantity'},'percent':{'percent'},'age':{'age'},
           'temperature':{'temperature'},'duration':{'duration'},'date':{'date'}}
AMOUNT = {'number','count','money','quantity','percent','temperature','age','duration'}
def variants(g): return [g] + [{**{k: g.get(k) for k in ('kind','unit','tol','approx')}, **a} for a in g.get('any_of', [])]
def val_eq(g, p, any_unit=False):
    for v in variants(g):
        if g['kind'] == 'date':
            if date_eq(v, p): return True
            continue
        if any_unit or (not v.get('unit') and g['kind'] in ('number','count')): f = (1, 1)
        else: f = unit_ok(v.get('unit'), p.get('unit'))
        if not f: continue
        gf, pf = f
        gv, gl, gh = num(v.get('value')), num(v.get('low')), num(v.get('high'))
        pv, pl, ph = num(p.get('value')), num(p.get('low')), num(p.get('high'))
        if pv is None and pl is not None and ph is not None and pl == ph: pv = pl
        eq = lambda a, b: a is not None and b is not None and close(float(a)*gf, float(b)*pf)
        if gv is not None:
            if eq(gv, pv) and (pl is None or ph is None or pl == ph): return True
            if v.get('approx') in ('gt','ge') and pv is None and ph is None and eq(gv, pl): return True
            if v.get('approx') in ('lt','le') and pv is None and pl is None and eq(gv, ph): return True
        elif gl is not None and gh is not None:
            if eq(gl, pl) and eq(gh, ph): return True
        elif gl is not None:
            if (ph is None and eq(gl, pl)) or (eq(gl, pv) and p.get('approx')): return True
        elif gh is not None:
            if (pl is None and eq(gh, ph)) or (eq(gh, pv) and p.get('approx')): return True
    return False
def overlap(g, p): return max(0, min(g['end'], p['end']) - max(g['start'], p['start']))
def absorbed(case, g, p):
    """converted bare-number cases: '100' inside a predicted '100 km' with the same figure is right"""
    return case['kind'] in ('number','range') and g['kind'] == 'number' and p['kind'] in AMOUNT
def kind_ok(case, g, p): return p['kind'] in COMPAT.get(g['kind'], {g['kind']}) or absorbed(case, g, p)
def span_ok(case, g, p, text):
    sp = [p['start'], p['end']]
    if sp == [g['start'], g['end']] or sp in g.get('alt', []): return True
    if g.get('span') == 'within' and g['start'] <= p['start'] and p['end'] <= g['end']: return True
    starts = {g['start']} | {a[0] for a in g.get('alt', [])}
    if g['kind'] == 'number' and case['kind'] in ('number','range') and p['start'] in starts and p['end'] > g['end']:
        return bool(p.get('noun') or p.get('unit') or p['kind'] != 'number')
    return False
def pair(case, golds, preds, test):
    """greedy one-to-one, best overlap first"""
    c = sorted(((-overlap(g, p), i, j) for i, g in enumerate(golds) for j, p in enumerate(preds) if overlap(g, p) and test(g, p)))
    ug, up, out = set(), set(), []
    for _, i, j in c:
        if i in ug or j in up: continue
        ug.add(i); up.add(j); out.append((i, j))
    return out
def norm_pred(p, text):
    p = dict(p); p.setdefault('unit', None); p.setdefault('kind', 'number')
    if p.get('end') is None and p.get('text'): p['end'] = p['start'] + len(p['text'])
    return p
def score_case(case, preds, acc, errs=None):
    text, lang, golds = case['text'], case['lang'], case['expected']
    preds = [norm_pred(p, text) for p in preds]
    scope = case['kind']; fps = None if scope == 'all' else FPSCOPE.get(scope, {scope})
    T = {'strict': lambda g, p: kind_ok(case, g, p) and span_ok(case, g, p, text) and val_eq(g, p, absorbed(case, g, p) and p['kind'] not in COMPAT['number']),
         'value': lambda g, p: kind_ok(case, g, p) and val_eq(g, p, absorbed(case, g, p) and p['kind'] not in COMPAT['number']),
         'relaxed': lambda g, p: kind_ok(case, g, p)}
    for i, g in enumerate(golds):
        if not g.get('optional'): acc[lang, g['kind']]['gold'] += 1
    for mode, t in T.items():
        m = pair(case, golds, preds, t); mg = {i for i, _ in m}; mp = {j for _, j in m}
        for i, j in m:
            g, p = golds[i], preds[j]
            if g.get('optional'): continue
            a = acc[lang, g['kind']]; a[mode] += 1
            if mode == 'value':
                a['ap_n'] += 1; a['ap_ok'] += bool(g.get('approx')) == bool(p.get('approx') or (g.get('approx') and (p.get('low') is None) != (p.get('high') is None)))
                if g.get('noun'):
                    a['no_n'] += 1; gn, pn = g['noun'].lower(), (p.get('noun') or '').lower()
                    a['no_ok'] += bool(pn) and (gn == pn or gn.split()[-1] == pn.split()[-1] or pn.endswith(gn))
        for j, p in enumerate(preds):
            if j in mp: continue
            if fps is not None and p['kind'] not in fps: continue
            if any(s < p['end'] and p['start'] < e for s, e in case.get('ignore', [])): continue
            if any(g.get('optional') and overlap(g, p) for g in golds): continue
            # attribute the false positive to the overlapping unmatched gold's kind if compatible, else to its own kind
            k = p['kind'] if scope in ('all',) else (scope if scope != 'range' else 'number')
            for i, g in enumerate(golds):
                if i not in mg and overlap(g, p): k = g['kind']; break
            acc[lang, k]['fp_'+mode] += 1
        if errs is not None and mode == 'strict':
            miss = [g for i, g in enumerate(golds) if i not in mg and not g.get('optional')]
            extra = [p for j, p in enumerate(preds) if j not in mp and (fps is None or p['kind'] in fps)]
            if miss or extra: errs.append((case, miss, extra))
def prf(tp, fp, n):
    P = tp/(tp+fp) if tp+fp else (1.0 if n == 0 else 0.0); R = tp/n if n else 1.0
    return P, R, (2*P*R/(P+R) if P+R else 0.0)
HEAD = f"{'lang':4} {'kind':12} {'gold':>5} | {'P':>5} {'R':>5} {'F1':>5} strict | {'P':>5} {'R':>5} {'F1':>5} value | {'P':>5} {'R':>5} {'F1':>5} relaxed | approx noun"
def row(l, k, a):
    s = f"{l:4} {k:12} {a['gold']:5d} |"
    for m in ('strict','value','relaxed'):
        P, R, F = prf(a[m], a['fp_'+m], a['gold']); s += f" {100*P:5.1f} {100*R:5.1f} {100*F:5.1f} {' '*len(m)} |"
    s += f" {100*a['ap_ok']/a['ap_n']:5.1f}" if a['ap_n'] else '     -'
    s += f" {100*a['no_ok']/a['no_n']:5.1f}" if a['no_n'] else '     -'
    return s
def report(acc, out=sys.stdout):
    print(HEAD, file=out); langs = sorted({l for l, _ in acc}); tot = collections.Counter()
    for l in langs:
        t = collections.Counter()
        for (ll, k), a in sorted(acc.items()):
            if ll == l: print(row(l, k, a), file=out); t.update(a)
        print(row(l, 'TOTAL', t), file=out); tot.update(t)
    kinds = collections.defaultdict(collections.Counter)
    for (l, k), a in acc.items(): kinds[k].update(a)
    for k in sorted(kinds): print(row('*', k, kinds[k]), file=out)
    print(row('*', 'TOTAL', tot), file=out); return tot
def load(files):
    out = []
    for f in files:
        with open(f, encoding='utf-8') as fh: out += [json.loads(x) for x in fh if x.strip()]
    return out
def get_callable(spec):
    mod, fn = spec.rsplit(':', 1)
    if mod.endswith('.py'):
        s = importlib.util.spec_from_file_location('extractor_under_test', mod); m = importlib.util.module_from_spec(s); s.loader.exec_module(m)
    else: sys.path.insert(0, '.'); m = importlib.import_module(mod)
    return getattr(m, fn)
def run_callable(fn, cases):
    out, words, t0 = {}, 0, time.perf_counter()
    for c in cases: out[c['id']] = list(fn(c['text'], c['lang'], c.get('reference_date')) or []); words += c['text'].count(' ') + 1
    return out, words, time.perf_counter() - t0
def run_cmd(cmd, cases):
    inp = ''.join(json.dumps({k: c.get(k) for k in ('id','lang','text','reference_date')}, ensure_ascii=False)+'\n' for c in cases)
    t0 = time.perf_counter(); r = subprocess.run(shlex.split(cmd), input=inp, capture_output=True, text=True, encoding='utf-8'); d = time.perf_counter()-t0
    if r.returncode: sys.exit(f'command failed ({r.returncode}): {r.stderr[-2000:]}')
    out = {c['id']: [] for c in cases}
    for x in r.stdout.splitlines():
        if x.strip(): o = json.loads(x); out[o['id']] = o.get('mentions', o.get('items', []))
    return out, sum(c['text'].count(' ')+1 for c in cases), d
KINDS = {'number','count','money','quantity','percent','temperature','age','duration','date'}
def evaluate(cases, preds, errs=None):
    acc = collections.defaultdict(collections.Counter)
    for c in cases: score_case(c, [p for p in preds.get(c['id'], []) if p.get('kind') in KINDS], acc, errs)
    return acc
def self_test(cases):
    bad = [(c['id'], g['text'], c['text'][g['start']:g['end']]) for c in cases for g in c['expected'] if c['text'][g['start']:g['end']] != g['text']]
    assert not bad, f'offset mismatch: {bad[:5]}'
    assert len({c['id'] for c in cases}) == len(cases), 'duplicate ids'
    n = sum(not g.get('optional') for c in cases for g in c['expected'])
    def tot(preds): return sum(evaluate(cases, preds).values(), collections.Counter())
    strip = lambda g: {k: v for k, v in g.items() if k not in ('alt','any_of','optional','tol','span')}
    t = tot({c['id']: [strip(g) for g in c['expected']] for c in cases})
    for m in ('strict','value','relaxed'): assert t[m] == n and t['fp_'+m] == 0, ('perfect', m, t[m], n, t['fp_'+m])
    assert t['ap_ok'] == t['ap_n'] and t['no_ok'] == t['no_n']
    t = tot({})
    for m in ('strict','value','relaxed'): assert t[m] == 0 and t['fp_'+m] == 0
    assert t['gold'] == n
    # wrong value -> strict 0, relaxed 1 ; doubled predictions -> precision 1/2 ; far-off span -> nothing
    def wrong(g):
        g = strip(g)
        for k in ('value','low','high'):
            if g.get(k) is not None: g[k] = '1066-10-14' if g['kind'] == 'date' else str(Decimal(str(g[k]))*7 + 13)
        return g
    t = tot({c['id']: [wrong(g) for g in c['expected']] for c in cases}); assert t['strict'] == 0 and t['value'] == 0 and t['relaxed'] == n, (t['strict'], t['value'], t['relaxed'], n)
    full = [c for c in cases if c['kind'] == 'all' and not any(g.get('optional') for g in c['expected'])]
    if full:
        k = sum(len(c['expected']) for c in full); t = sum(evaluate(full, {c['id']: [strip(g) for g in c['expected']]*2 for c in full}).values(), collections.Counter())
        assert t['strict'] == k and t['fp_strict'] == k
    shift = lambda g: {**strip(g), 'start': g['start']+1}
    full1 = [c for c in cases if all(g['end']-g['start'] > 1 and not g.get('span') and [g['start']+1, g['end']] not in g.get('alt', []) for g in c['expected'])]
    t = sum(evaluate(full1, {c['id']: [shift(g) for g in c['expected']] for c in full1}).values(), collections.Counter())
    m1 = sum(not g.get('optional') for c in full1 for g in c['expected']); assert t['strict'] == 0 and t['value'] == m1, (t['strict'], t['value'], m1)
    print(f'self-test ok: {len(cases)} cases, {n} items (offsets, perfect=100, empty=0, wrong values, duplicates, shifted spans)')
def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('files', nargs='+'); g = ap.add_mutually_exclusive_group(required=True)
    g.add_argument('--callable'); g.add_argument('--cmd'); g.add_argument('--self-test', action='store_true')
    ap.add_argument('--lang', help='nl or en,fr,de');  ap.add_argument('--without', default='', help='leave out cases of these scopes: date,duration'); ap.add_argument('--kind', help='only cases with this scope'); ap.add_argument('--source', help='substring of source'); ap.add_argument('--in-sentence', action='store_true', help='skip cases whose text is only the amount itself'); ap.add_argument('--errors', type=int, default=0); ap.add_argument('--json', help='write totals as JSON')
    a = ap.parse_args(); cases = load(a.files)
    cases = [c for c in cases if (not a.lang or c['lang'] in a.lang.split(',')) and c['kind'] not in a.without.split(',') and (not a.kind or c['kind'] == a.kind) and (not a.source or a.source in c['source']) and not (a.in_sentence and c.get('isolated'))]
    if a.self_test: return self_test(cases)
    preds, words, secs = run_callable(get_callable(a.callable), cases) if a.callable else run_cmd(a.cmd, cases)
    errs = [] if a.errors else None; acc = evaluate(cases, preds, errs); report(acc)
    print(f'{len(cases)} cases, {words} words in {secs:.2f}s = {words/400/secs if secs else 0:.1f} articles of 400 words/s')
    if a.json: json.dump({f'{l}/{k}': dict(v) for (l, k), v in acc.items()}, open(a.json, 'w'))
    for c, miss, extra in (errs or [])[:a.errors]:
        print('-', c['id'], c['lang'], json.dumps(c['text'][:300], ensure_ascii=False))
        for x in miss: print('    MISS ', {k: v for k, v in x.items() if k not in ('alt',)})
        for x in extra: print('    EXTRA', x)
if __name__ == '__main__': main()
