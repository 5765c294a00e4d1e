/* For the trial under Wine only, loaded into its processes by LD_PRELOAD. On processors with AMX onnxruntime uses
   its tile registers; Windows lets every process do so, Linux only those that asked, and Wine does not ask. */
#include <sys/syscall.h>
#include <unistd.h>

#define ARCH_REQ_XCOMP_PERM 0x1023
#define XFEATURE_XTILE_DATA 18

__attribute__((constructor)) static void ask(void)
{
    syscall(SYS_arch_prctl, ARCH_REQ_XCOMP_PERM, XFEATURE_XTILE_DATA);
}
