import Glibc

/// A thread of the operating system, for C libraries that block.
@safe package struct OSThread: @unchecked Sendable {
    // Unchecked: `pthread_t` is an opaque number; the thread functions that take it may be called anywhere.
    private let thread: pthread_t

    /// Starts a thread that runs `body` once; `name` shows in `top` and is cut to 15 bytes.
    package static func start(name: String, _ body: @escaping @Sendable () -> Void) -> OSThread {
        let box = unsafe Unmanaged.passRetained(Body(name: name, run: body))
        var thread = pthread_t()
        let code = unsafe pthread_create(
            &thread, nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                let body = unsafe Unmanaged<Body>.fromOpaque(argument).takeRetainedValue()
                nameCurrentThread(body.name)
                body.run()
                return nil
            }, box.toOpaque())
        precondition(code == 0, "cannot start thread \(name): error \(code)")
        return OSThread(thread: thread)
    }

    /// Blocks until the thread has ended; call it at most once, and not together with `detach`.
    package func join() { pthread_join(thread, nil) }

    /// Gives the thread's resources back by itself when it ends.
    package func detach() { pthread_detach(thread) }

    private final class Body: Sendable {
        let name: String
        let run: @Sendable () -> Void

        init(name: String, run: @escaping @Sendable () -> Void) {
            self.name = name
            self.run = run
        }
    }
}

/// Names the calling thread; `pthread_setname_np` is a GNU extension that Swift does not import.
private func nameCurrentThread(_ name: String) {
    let file = unsafe open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
    guard file >= 0 else { return }  // no /proc: the name is a convenience
    let bytes = Array(name.utf8.prefix(15))
    _ = unsafe write(file, bytes, bytes.count)
    close(file)
}
