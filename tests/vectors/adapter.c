/* An implementation for runner.c that asks another process: ADAPTER is its command (POSIX). */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static FILE *to, *from;
static char line[1 << 20];

static const char *ask(const char *method, const char *given) {
  int there[2], back[2];
  if (!to) {
    if (pipe(there) || pipe(back)) exit(2);
    if (!fork()) {
      dup2(there[0], 0), dup2(back[1], 1), close(there[1]), close(back[0]);
      execl("/bin/sh", "sh", "-c", getenv("ADAPTER"), (char *)0);
      exit(2);
    }
    close(there[0]), close(back[1]);
    to = fdopen(there[1], "w"), from = fdopen(back[0], "r");
  }
  fprintf(to, "%s %.*s\n", method, (int)strcspn(given, "\n"), given);
  fflush(to);
  return fgets(line, sizeof line, from) ? line : "";
}

static void reset(const char *start) { ask("reset", start); }
static long long call(const char *event) { return atoll(ask("call", event)); }
static const char *observe(const char *watch) { return ask("observe", watch); }

struct implementation {
  void (*reset)(const char *);
  long long (*call)(const char *);
  const char *(*observe)(const char *);
} tested = {reset, call, observe};
