#include "PowerLossDisk.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

// A VFS over the system's own: https://sqlite.org/c3ref/vfs.html. Databases and their logs are held whole in memory,
// which all connections of the process share, as they would share the system's cache.

/// A write that the disk does not have yet.
typedef struct pending_write {
    sqlite3_int64 offset;
    int size;
    struct pending_write *next;
} pending_write;

/// A file as this process sees it.
typedef struct cached_file {
    char *path;
    unsigned char *bytes;
    sqlite3_int64 size, capacity;
    pending_write *first, *last;
    int users;
    struct cached_file *next;
} cached_file;

/// SQLite's handle of a file; the system's stands right behind it.
typedef struct open_file {
    sqlite3_file base;
    cached_file *cache;
} open_file;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static cached_file *all;
static unsigned random_state;
static sqlite3_vfs *system_vfs;
static sqlite3_vfs vfs;

static sqlite3_file *behind(sqlite3_file *file) { return (sqlite3_file *)((open_file *)file + 1); }
#define BELOW(file) (behind(file)->pMethods)

static int is_early(void) {
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 29) == 0;
}

// MARK: The cache, under the lock

static int make_room(cached_file *cache, sqlite3_int64 size) {
    if (size > cache->capacity) {
        sqlite3_int64 capacity = size * 2 < 65536 ? 65536 : size * 2;
        unsigned char *bytes = realloc(cache->bytes, (size_t)capacity);
        if (!bytes) return SQLITE_IOERR_NOMEM;
        memset(bytes + cache->capacity, 0, (size_t)(capacity - cache->capacity));
        cache->bytes = bytes;
        cache->capacity = capacity;
    }
    return SQLITE_OK;
}

static int load(cached_file *cache, sqlite3_file *file) {
    int code = BELOW(file)->xFileSize(behind(file), &cache->size);
    if (code == SQLITE_OK) code = make_room(cache, cache->size);
    if (code == SQLITE_OK && cache->size > 0)
        code = BELOW(file)->xRead(behind(file), cache->bytes, (int)cache->size, 0);
    return code;
}

static int flush(cached_file *cache, sqlite3_file *file) {
    while (cache->first) {
        pending_write *write = cache->first;
        int code = BELOW(file)->xWrite(behind(file), cache->bytes + write->offset, write->size, write->offset);
        if (code != SQLITE_OK) return code;
        cache->first = write->next;
        if (!cache->first) cache->last = NULL;
        free(write);
    }
    return SQLITE_OK;
}

static int attach(open_file *open, const char *path) {
    for (cached_file *cache = all; cache; cache = cache->next) {
        if (strcmp(cache->path, path) == 0) {
            cache->users++;
            open->cache = cache;
            return SQLITE_OK;
        }
    }
    cached_file *cache = calloc(1, sizeof(cached_file));
    if (!cache || !(cache->path = strdup(path))) {
        free(cache);
        return SQLITE_NOMEM;
    }
    int code = load(cache, &open->base);
    if (code != SQLITE_OK) {
        free(cache->bytes);
        free(cache->path);
        free(cache);
        return code;
    }
    cache->users = 1;
    cache->next = all;
    all = open->cache = cache;
    return SQLITE_OK;
}

/// Leaves a file; what SQLite leaves unsynced when it closes one reaches the disk some time.
static int detach(open_file *open) {
    cached_file *cache = open->cache;
    open->cache = NULL;
    if (!cache || --cache->users > 0) return SQLITE_OK;
    int code = flush(cache, &open->base);
    cached_file **place = &all;
    while (*place != cache) place = &(*place)->next;
    *place = cache->next;
    free(cache->bytes);
    free(cache->path);
    free(cache);
    return code;
}

// MARK: A file's methods

static int file_close(sqlite3_file *file) {
    pthread_mutex_lock(&lock);
    int code = detach((open_file *)file);
    pthread_mutex_unlock(&lock);
    int closed = BELOW(file)->xClose(behind(file));
    return code != SQLITE_OK ? code : closed;
}

static int file_read(sqlite3_file *file, void *buffer, int size, sqlite3_int64 offset) {
    cached_file *cache = ((open_file *)file)->cache;
    if (!cache) return BELOW(file)->xRead(behind(file), buffer, size, offset);
    pthread_mutex_lock(&lock);
    sqlite3_int64 there = cache->size - offset;
    if (there > size) there = size;
    if (there < 0) there = 0;
    if (there > 0) memcpy(buffer, cache->bytes + offset, (size_t)there);
    pthread_mutex_unlock(&lock);
    if (there == size) return SQLITE_OK;
    memset((char *)buffer + there, 0, (size_t)(size - there));
    return SQLITE_IOERR_SHORT_READ;
}

static int file_write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 offset) {
    cached_file *cache = ((open_file *)file)->cache;
    if (!cache) return BELOW(file)->xWrite(behind(file), bytes, size, offset);
    pthread_mutex_lock(&lock);
    int code = make_room(cache, offset + size);
    pending_write *write = code == SQLITE_OK ? calloc(1, sizeof(pending_write)) : NULL;
    if (write) {
        memcpy(cache->bytes + offset, bytes, (size_t)size);
        if (offset + size > cache->size) cache->size = offset + size;
        write->offset = offset;
        write->size = size;
        if (cache->last) cache->last->next = write;
        else cache->first = write;
        cache->last = write;
        if (is_early()) code = BELOW(file)->xWrite(behind(file), bytes, size, offset);
    } else if (code == SQLITE_OK) {
        code = SQLITE_IOERR_NOMEM;
    }
    pthread_mutex_unlock(&lock);
    return code;
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size) {
    cached_file *cache = ((open_file *)file)->cache;
    if (!cache) return BELOW(file)->xTruncate(behind(file), size);
    pthread_mutex_lock(&lock);
    // What was written before stands on the disk before it is cut off.
    int code = flush(cache, file);
    if (code == SQLITE_OK) code = BELOW(file)->xTruncate(behind(file), size);
    if (code == SQLITE_OK && size < cache->size) {
        memset(cache->bytes + size, 0, (size_t)(cache->size - size));
        cache->size = size;
    }
    pthread_mutex_unlock(&lock);
    return code;
}

/// The promise that is tested is SQLite's and ours, not the disk's: the process is killed, not the machine.
static int file_sync(sqlite3_file *file, int flags) {
    cached_file *cache = ((open_file *)file)->cache;
    if (!cache) return BELOW(file)->xSync(behind(file), flags);
    pthread_mutex_lock(&lock);
    int code = flush(cache, file);
    pthread_mutex_unlock(&lock);
    return code;
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size) {
    cached_file *cache = ((open_file *)file)->cache;
    if (!cache) return BELOW(file)->xFileSize(behind(file), size);
    pthread_mutex_lock(&lock);
    *size = cache->size;
    pthread_mutex_unlock(&lock);
    return SQLITE_OK;
}

static int file_lock(sqlite3_file *file, int level) { return BELOW(file)->xLock(behind(file), level); }
static int file_unlock(sqlite3_file *file, int level) { return BELOW(file)->xUnlock(behind(file), level); }
static int file_reserved(sqlite3_file *file, int *result) {
    return BELOW(file)->xCheckReservedLock(behind(file), result);
}
static int file_control(sqlite3_file *file, int operation, void *argument) {
    return BELOW(file)->xFileControl(behind(file), operation, argument);
}
static int file_sector(sqlite3_file *file) { return BELOW(file)->xSectorSize(behind(file)); }
static int file_traits(sqlite3_file *file) { return BELOW(file)->xDeviceCharacteristics(behind(file)); }
static int file_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **address) {
    return BELOW(file)->xShmMap(behind(file), page, size, extend, address);
}
static int file_shm_lock(sqlite3_file *file, int offset, int count, int flags) {
    return BELOW(file)->xShmLock(behind(file), offset, count, flags);
}
static void file_shm_barrier(sqlite3_file *file) { BELOW(file)->xShmBarrier(behind(file)); }
static int file_shm_unmap(sqlite3_file *file, int deletes) { return BELOW(file)->xShmUnmap(behind(file), deletes); }

/// Version 2: without the methods that map the file itself into memory.
static const sqlite3_io_methods methods = {
    2, file_close, file_read, file_write, file_truncate, file_sync, file_size, file_lock, file_unlock, file_reserved,
    file_control, file_sector, file_traits, file_shm_map, file_shm_lock, file_shm_barrier, file_shm_unmap, NULL, NULL,
};

// MARK: The file system

static int file_open(sqlite3_vfs *self, const char *path, sqlite3_file *file, int flags, int *actual) {
    (void)self;
    open_file *open = (open_file *)file;
    open->base.pMethods = NULL;
    open->cache = NULL;
    behind(file)->pMethods = NULL;
    int code = system_vfs->xOpen(system_vfs, path, behind(file), flags, actual);
    if (behind(file)->pMethods) open->base.pMethods = &methods;
    if (code == SQLITE_OK && path && (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL))) {
        pthread_mutex_lock(&lock);
        code = attach(open, path);
        pthread_mutex_unlock(&lock);
    }
    return code;
}

int power_loss_disk_install(unsigned seed) {
    int code = sqlite3_initialize();
    if (code != SQLITE_OK) return code;
    random_state = seed;
    system_vfs = sqlite3_vfs_find(NULL);
    if (!system_vfs) return SQLITE_ERROR;
    // All else is the system's: its functions look at what stands in their own `pAppData`.
    vfs = *system_vfs;
    vfs.pNext = NULL;
    vfs.zName = "power-loss";
    vfs.szOsFile = (int)sizeof(open_file) + system_vfs->szOsFile;
    vfs.xOpen = file_open;
    return sqlite3_vfs_register(&vfs, 1);
}
