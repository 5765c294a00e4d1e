"""The Dutch stemmer: forms of one word share a stem, different words do not. Floors that only rise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.search.dutch import stem

SAME = """
bedrijf bedrijven | huis huizen huisje | brief brieven | prijs prijzen | minister ministers |
gemeente gemeenten gemeentes | overheid overheden | stad steden | hoofdstad hoofdsteden | land landen |
investering investeringen | investeren investeert investeerde investeerden geinvesteerd |
bouwen bouwt gebouwd bouwde | lopen loopt loop | zaak zaken | partij partijen | wet wetten |
kabinet kabinetten | rechter rechters | rechtbank rechtbanken | kamerlid kamerleden |
fractielid fractieleden | lid leden | schip schepen scheepje | kind kinderen | ei eieren |
europees europese | nederlands nederlandse | amerikaans amerikaanse | groot grote | klein kleine |
nieuw nieuwe | hoog hoge | laag lage | technologie technologieen | industrie industrieen |
energie energieen | centrale centrales | fabriek fabrieken | werknemer werknemers | bank banken |
belasting belastingen | tarief tarieven | regel regels | besluit besluiten | akkoord akkoorden |
verdrag verdragen | bedrag bedragen | afspraak afspraken | onderhandeling onderhandelingen |
onderhandelen onderhandelt onderhandelde | beslissen beslist besliste | verkopen verkoopt verkocht |
kopen koopt | kosten kost | stijgen stijgt | dalen daalt daalde gedaald | groeien groeit groeide gegroeid |
waarschuwen waarschuwt waarschuwde | president presidenten | soldaat soldaten | raket raketten |
drone drones | wapen wapens | leger legers | oorlog oorlogen | vluchteling vluchtelingen |
migrant migranten | boer boeren | vergunning vergunningen | windmolen windmolens |
zonnepaneel zonnepanelen | datacenter datacenters datacentra | chip chips | computer computers |
supercomputer supercomputers | model modellen | systeem systemen | probleem problemen | school scholen |
leraar leraren leraars | student studenten | ziekenhuis ziekenhuizen | arts artsen | patient patienten |
medicijn medicijnen | trein treinen | vliegtuig vliegtuigen | haven havens | weg wegen | brug bruggen |
dijk dijken | rivier rivieren | onderzoek onderzoeken onderzoekt | onderzoeker onderzoekers |
universiteit universiteiten | deskundige deskundigen | mogelijkheid mogelijkheden | maatregel maatregelen |
subsidie subsidies | begroting begrotingen | miljard miljarden | sanctie sancties |
exporteren exporteert geexporteerd | verklaren verklaart verklaarde | verklaring verklaringen |
reageren reageert reageerde | reactie reacties | zeggen zegt | maken maakt gemaakt maakte |
werken werkt gewerkt werkte | stemmen stemt gestemd | kiezer kiezers | verkiezing verkiezingen |
coalitie coalities | fractie fracties | motie moties | debat debatten | voorstel voorstellen |
plan plannen | project projecten | faciliteit faciliteiten | leider leiders | chef chefs |
aandeel aandelen | winst winsten | verlies verliezen | markt markten | klant klanten | dienst diensten |
wolf wolven | slaaf slaven | reis reizen | vraag vragen vraagt | woning woningen | huur huren |
beurs beurzen | economie economieen | ministerie ministeries | burgemeester burgemeesters |
nederlander nederlanders | gemeenteraad gemeenteraden | reeks reeksen | moeras moerassen |
chinees chinese chinezen | dag dagen | maandag maandagen | verslag verslagen | aanslag aanslagen |
robot robots | ticket tickets | expert experts | archief archieven | motief motieven |
bondskanselier bondskanseliers | officier officieren officiers | fusie fusies | overname overnames |
verbieden verbiedt | besteden besteedt | betalen betaalt betaalde | bepalen bepaalt | helpen helpt hielp |
leveren levert leverde geleverd | kondigen kondigt kondigde | melden meldt meldde gemeld |
noemen noemt noemde genoemd | eisen eist eiste | vrezen vreest vreesde | wijzen wijst | lezen leest |
vinden vindt | krijgen krijgt | blijven blijft | schrijven schrijft | geven geeft | nemen neemt |
komen komt | houden houdt | wonen woont woonde | sterven sterft | ontwikkelen ontwikkelt ontwikkelde |
verwachten verwacht verwachtte | idee ideeen | proces processen | succes successen | adres adressen |
advies adviezen | vrouw vrouwen | jongen jongens | motor motoren motors | kantoor kantoren | boot boten |
bot botten | bom bommen | boom bomen | man mannen | maan manen | zwaar zware | half halve | boos boze |
baby babys | familie families
"""

DIFFERENT = """
overheid over | minister mini | gemeente mening | boom bom | maan man | mens men | kans kan |
plaats plaat | markt mark | verkeer verkeerd | hoofd hof | gebied bied | dans dan | wens wen | eind een |
leger leeg | raad rad | grens green | land lang | rechts recht | links link | taak tak | zaak zak |
koning kon | ruim ruimte | verleden lid | besteden stad | kleden lid | bedragen draag | regering regen |
bank ban | partij part | economie econoom | hoogte hoog | rechter recht | vrouw vrouwelijk |
president presidium | arts art | arm armoede
"""

FLOOR = 0.96  #: share of the forms above that have the stem of their first form


def groups(text: str) -> list[list[str]]:
    return [group.split() for group in text.replace("\n", " ").split("|")]


def test_forms_of_one_word_share_a_stem() -> None:
    pairs = [(group[0], form) for group in groups(SAME) for form in group[1:]]
    missed = [f"{one}={stem(one)} {other}={stem(other)}" for one, other in pairs if stem(one) != stem(other)]
    share = 1 - len(missed) / len(pairs)
    assert share >= FLOOR, f"{share:.1%} of {len(pairs)} pairs share a stem; not: {', '.join(missed)}"


@pytest.mark.parametrize(("one", "other"), groups(DIFFERENT))
def test_different_words_have_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=20))
def test_every_word_has_a_stem(word: str) -> None:
    assert bool(stem(word)) == bool(word)
    assert len(stem(word)) <= len(word) + 3, "the irregular endings replace by little more than they take"


@pytest.mark.parametrize("word", ["", "a", "1gw", "g7", "ab12en", "2025"])
def test_what_is_no_word_stays_as_it_is(word: str) -> None:
    assert stem(word) == word
