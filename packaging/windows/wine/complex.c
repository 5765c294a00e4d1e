/* For the trial under Wine only: what the C library of Windows has and Wine's has not, the complex functions of C99.
   double is long double here, as with Microsoft. Structures give the calling convention that Microsoft's _Dcomplex has. */
#include <complex.h>
#include <math.h>
typedef struct { double re, im; } D;
typedef struct { float re, im; } F;
static double complex d(D z) { double complex r; __real__ r = z.re; __imag__ r = z.im; return r; }
static D ud(double complex z) { D r = { creal(z), cimag(z) }; return r; }
static F uf(double complex z) { F r = { (float)creal(z), (float)cimag(z) }; return r; }
static D fd(F z) { D r = { z.re, z.im }; return r; }
#define OUT __declspec(dllexport)
#define REAL(name, expression) \
  OUT double shim_##name(D z) { return expression; } \
  OUT double shim_##name##l(D z) { return expression; } \
  OUT float shim_##name##f(F y) { D z = fd(y); return (float)(expression); }
#define SAME(name) \
  OUT D shim_##name(D z) { return ud(name(d(z))); } \
  OUT D shim_##name##l(D z) { return ud(name(d(z))); } \
  OUT F shim_##name##f(F z) { return uf(name(d(fd(z)))); }
REAL(creal, z.re)
REAL(cimag, z.im)
REAL(cabs, hypot(z.re, z.im))
REAL(carg, atan2(z.im, z.re))
SAME(ccos) SAME(ccosh) SAME(cexp) SAME(clog) SAME(csin) SAME(csinh) SAME(csqrt) SAME(ctan) SAME(ctanh)
SAME(cacos) SAME(cacosh) SAME(casin) SAME(casinh) SAME(catan) SAME(catanh) SAME(conj) SAME(cproj)
OUT D shim_cpow(D a, D b) { return ud(cpow(d(a), d(b))); }
OUT D shim_cpowl(D a, D b) { return ud(cpow(d(a), d(b))); }
OUT F shim_cpowf(F a, F b) { return uf(cpow(d(fd(a)), d(fd(b)))); }
