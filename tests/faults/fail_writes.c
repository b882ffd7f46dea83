/* Makes one write, flush or cut of a file fail, or all from that one on: loaded before a program with LD_PRELOAD.
 *
 *   FAIL_FOLDER=/tmp/store FAIL_AT=12 FAIL_HOW=EIO FAIL_ALWAYS=1 LD_PRELOAD=./fail_writes.so program
 *
 * FAIL_HOW is EIO, ENOSPC or SHORT (half of the bytes are written; calls that write none fail with ENOSPC). Only files below FAIL_FOLDER
 * are touched. With FAIL_WHEN=/tmp/full, calls are counted from when that file is there. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_long seen;
static const char *folder, *how, *when;
static long at;
static int always;

__attribute__((constructor)) static void begin(void) {
  folder = getenv("FAIL_FOLDER");
  how = getenv("FAIL_HOW");
  when = getenv("FAIL_WHEN");
  at = getenv("FAIL_AT") ? atol(getenv("FAIL_AT")) : 0;
  always = getenv("FAIL_ALWAYS") != NULL;
}

static int is_ours(int fd) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return strncmp(path, folder, strlen(folder)) == 0;
}

/* Whether this call is to fail. */
static int fails(int fd) {
  int before = errno;
  int ours = folder && how && at > 0 && is_ours(fd) && (!when || access(when, F_OK) == 0);
  errno = before;
  if (!ours) return 0;
  long number = atomic_fetch_add(&seen, 1) + 1;
  return number == at || (always && number > at);
}

static int refuse(void) {
  errno = strcmp(how, "EIO") == 0 ? EIO : ENOSPC;
  return -1;
}

static size_t half(size_t count) { return strcmp(how, "SHORT") == 0 ? count / 2 : 0; }

#define REAL(result, name, ...) \
  static result (*real)(__VA_ARGS__); \
  if (!real) real = (result (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

ssize_t write(int fd, const void *bytes, size_t count) {
  REAL(ssize_t, "write", int, const void *, size_t);
  if (!fails(fd)) return real(fd, bytes, count);
  return half(count) ? real(fd, bytes, half(count)) : refuse();
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t from) {
  REAL(ssize_t, "pwrite", int, const void *, size_t, off_t);
  if (!fails(fd)) return real(fd, bytes, count, from);
  return half(count) ? real(fd, bytes, half(count), from) : refuse();
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t from) {
  REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
  if (!fails(fd)) return real(fd, bytes, count, from);
  return half(count) ? real(fd, bytes, half(count), from) : refuse();
}

int fsync(int fd) {
  REAL(int, "fsync", int);
  return fails(fd) ? refuse() : real(fd);
}

int fdatasync(int fd) {
  REAL(int, "fdatasync", int);
  return fails(fd) ? refuse() : real(fd);
}

int ftruncate(int fd, off_t length) {
  REAL(int, "ftruncate", int, off_t);
  return fails(fd) ? refuse() : real(fd, length);
}

int ftruncate64(int fd, off64_t length) {
  REAL(int, "ftruncate64", int, off64_t);
  return fails(fd) ? refuse() : real(fd, length);
}
