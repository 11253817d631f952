import Glibc

/// A counting semaphore for threads of their own; waiting on it blocks, so never wait on the cooperative pool.
@safe package final class Semaphore: @unchecked Sendable {
    // Unchecked: `sem_t` is made to be used from several threads at once, and the pointer never changes.
    private let pointer: UnsafeMutablePointer<sem_t>

    /// Makes a semaphore at zero.
    package init() {
        unsafe pointer = .allocate(capacity: 1)
        unsafe sem_init(pointer, 0, 0)
    }

    deinit {
        unsafe sem_destroy(pointer)
        unsafe pointer.deallocate()
    }

    /// Adds one; safe inside a signal handler.
    package func signal() { unsafe sem_post(pointer) }

    /// Blocks the thread until there is one to take.
    package func wait() {
        while unsafe sem_wait(pointer) != 0 && errno == EINTR {}
    }
}
