/* The first process of every pod: holds its namespaces, reaps what is left behind, ends when told to. */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static void reap(int number) {
  (void)number;
  while (waitpid(-1, 0, WNOHANG) > 0) {
  }
}

static void stop(int number) {
  (void)number;
  _exit(0);
}

int main(void) {
  struct sigaction reaping = {.sa_handler = reap, .sa_flags = SA_NOCLDSTOP};
  struct sigaction stopping = {.sa_handler = stop};
  if (sigaction(SIGCHLD, &reaping, 0) || sigaction(SIGTERM, &stopping, 0) || sigaction(SIGINT, &stopping, 0)) {
    return 1;
  }
  for (;;) {
    pause();
  }
}
