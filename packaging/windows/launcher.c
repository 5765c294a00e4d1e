/* Starts the program with the Python beside it: python\pythonw.exe -B -m desktop ARGUMENTS.

   Built twice: leeslamp.exe opens the window and has no console; leeslamp-cli.exe is for a console and
   waits for the outcome. -B: nothing is written into the program's folder, so that nothing stays when it
   is removed. */

#include <windows.h>
#include <stdio.h>
#include <wchar.h>

#ifdef CONSOLE
#define PYTHON L"python.exe"
#else
#define PYTHON L"pythonw.exe"
#endif
#define LONGEST 32768

static wchar_t folder[LONGEST], command[LONGEST];

/* Return what follows the program's own name in the command line, as it was typed. */
static const wchar_t *arguments(void)
{
    const wchar_t *rest = GetCommandLineW();
    int quoted = 0;
    for (; *rest && (quoted || (*rest != L' ' && *rest != L'\t')); rest++)
        if (*rest == L'"')
            quoted = !quoted;
    while (*rest == L' ' || *rest == L'\t')
        rest++;
    return rest;
}

static int fail(const wchar_t *what)
{
#ifdef CONSOLE
    fwprintf(stderr, L"leeslamp: %ls\n", what);
#else
    MessageBoxW(NULL, what, L"Leeslamp", MB_ICONERROR);
#endif
    return 1;
}

int wmain(void)
{
    STARTUPINFOW start = {.cb = sizeof start};
    PROCESS_INFORMATION process;
    DWORD code = 1;
    DWORD length = GetModuleFileNameW(NULL, folder, LONGEST);
    wchar_t *end = length && length < LONGEST ? wcsrchr(folder, L'\\') : NULL;
    if (!end)
        return fail(L"the program's own folder cannot be found");
    *end = 0;
    int written = _snwprintf(command, LONGEST - 1, L"\"%ls\\python\\" PYTHON L"\" -B -m desktop %ls", folder, arguments());
    if (written < 0)
        return fail(L"the command line is too long");
    if (!CreateProcessW(NULL, command, NULL, NULL, TRUE, 0, NULL, NULL, &start, &process))
        return fail(L"python\\" PYTHON L" cannot be started; please install Leeslamp again");
    WaitForSingleObject(process.hProcess, INFINITE);
    GetExitCodeProcess(process.hProcess, &code);
    return (int)code;
}

#ifndef CONSOLE
int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, PWSTR line, int show)
{
    (void)instance, (void)before, (void)line, (void)show;
    return wmain();
}
#endif
