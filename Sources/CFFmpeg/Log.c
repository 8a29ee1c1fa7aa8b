#include <ctype.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "CFFmpeg.h"

enum { line_count = 128, line_size = 256 };

static struct {
  atomic_flag taken;
  unsigned next;
  struct {
    uintptr_t owner;
    char text[line_size];
  } lines[line_count];
} ring = {ATOMIC_FLAG_INIT, 0, {{0, {0}}}};

static _Thread_local uintptr_t bound_owner;

// Returns the `opaque` of the nearest context that has one. Only this project sets it. The contexts of decoder threads are copies and
// therefore have it too.
static uintptr_t owner_of(void *context) {
  for (int depth = 0; context && depth < 8; depth++) {
    const AVClass *class = *(const AVClass **)context;
    if (!class) break;
    void *owner = NULL;
    if (class == avcodec_get_class()) owner = ((AVCodecContext *)context)->opaque;
    if (class == avformat_get_class()) owner = ((AVFormatContext *)context)->opaque;
    if (owner) return (uintptr_t)owner;
    if (!class->parent_log_context_offset) break;
    context = *(void **)((uint8_t *)context + class->parent_log_context_offset);
  }
  return bound_owner;
}

// FFmpeg also prints the addresses of contexts ("[mov,mp4 @ 0x55…]"), which mean nothing to the user.
static void drop_addresses(char *text) {
  char *address;
  while ((address = strstr(text, " @ 0x"))) {
    char *end = address + strlen(" @ 0x");
    while (isxdigit((unsigned char)*end)) end++;
    memmove(address, end, strlen(end) + 1);
  }
}

// Stores a message. FFmpeg's callback must not block or call back into FFmpeg, except to format the message, so a message that
// arrives while another one is being stored is dropped.
static void keep(void *context, int level, const char *format, va_list arguments) {
  if (level > AV_LOG_WARNING) return;
  static _Thread_local int print_prefix = 1;
  char text[line_size];
  av_log_format_line2(context, level, format, arguments, text, sizeof text, &print_prefix);
  drop_addresses(text);
  size_t length = strlen(text);
  while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r')) text[--length] = 0;
  for (size_t i = 0; i < length; i++)
    if ((unsigned char)text[i] < ' ') text[i] = ' ';
  if (length == 0 || atomic_flag_test_and_set_explicit(&ring.taken, memory_order_acquire)) return;
  unsigned index = ring.next++ % line_count;
  ring.lines[index].owner = owner_of(context);
  memcpy(ring.lines[index].text, text, length + 1);
  atomic_flag_clear_explicit(&ring.taken, memory_order_release);
}

void sf_log_install(void) { av_log_set_callback(keep); }

void sf_log_bind(uintptr_t owner) { bound_owner = owner; }

int sf_log_recent(uintptr_t owner, int limit, char *text, size_t size) {
  if (size == 0) return 0;
  text[0] = 0;
  // This wait is short: a writer holds the flag only while it copies one message.
  while (atomic_flag_test_and_set_explicit(&ring.taken, memory_order_acquire)) {}
  unsigned oldest = ring.next > line_count ? ring.next - line_count : 0;
  int found = 0;
  unsigned first = ring.next;
  while (first > oldest && found < limit)
    if (ring.lines[--first % line_count].owner == owner) found++;
  size_t used = 0;
  for (unsigned i = first; i < ring.next; i++) {
    if (ring.lines[i % line_count].owner != owner) continue;
    int written = snprintf(text + used, size - used, "%s\n", ring.lines[i % line_count].text);
    if (written < 0 || (size_t)written >= size - used) break;
    used += (size_t)written;
  }
  atomic_flag_clear_explicit(&ring.taken, memory_order_release);
  return found;
}
