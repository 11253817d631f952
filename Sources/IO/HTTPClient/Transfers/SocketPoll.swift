import CCurl
import Glibc

/// Sockets to be looked at, in an epoll set: waiting costs as much as there are events, not as there are sockets.
///
/// Unchecked: only the loop's thread uses it, but for `wake()`, which writes to an eventfd.
@safe final class SocketPoll: @unchecked Sendable {
    /// What a socket is ready for.
    struct Event {
        let socket: Int32
        let isReadable: Bool
        let isWritable: Bool
        let isBroken: Bool
    }

    private let poll: Int32
    private let wakeUp: Int32
    /// Sockets that nobody asks for at the moment; most are asked for again soon, and until then nothing comes in.
    private var released: Set<Int32> = []
    private var buffer = unsafe [epoll_event](repeating: epoll_event(), count: 64)
    private(set) var events: [Event] = []

    init?() {
        poll = epoll_create1(Int32(EPOLL_CLOEXEC))
        wakeUp = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard poll >= 0, wakeUp >= 0, control(EPOLL_CTL_ADD, wakeUp, EPOLLIN.rawValue) else { return nil }
    }

    deinit {
        if poll >= 0 { close(poll) }
        if wakeUp >= 0 { close(wakeUp) }
    }

    /// Asks for a socket's readiness from now on.
    func watch(_ socket: Int32, reading: Bool, writing: Bool) {
        released.remove(socket)
        let wanted = (reading ? EPOLLIN.rawValue : 0) | (writing ? EPOLLOUT.rawValue : 0)
        // The kernel forgets a socket that is closed, so a number may be new although it was watched before.
        if !control(EPOLL_CTL_MOD, socket, wanted) { control(EPOLL_CTL_ADD, socket, wanted) }
    }

    /// Asks no more; the system is told only if something comes in nevertheless.
    func release(_ socket: Int32) { released.insert(socket) }

    /// Forgets events that are dealt with.
    func forgetEvents() { events.removeAll(keepingCapacity: true) }

    /// Ends the wait, or the next one; from any thread.
    func wake() { eventfd_write(wakeUp, 1) }

    /// Waits for events, which then stand in `events`.
    func wait(milliseconds: Int32) {
        forgetEvents()
        let count = unsafe epoll_wait(poll, &buffer, Int32(buffer.count), milliseconds)
        for index in 0..<max(0, Int(count)) {
            let event = unsafe buffer[index]
            let (socket, flags) = unsafe (event.data.fd, event.events)
            if socket == wakeUp {
                var signals: eventfd_t = 0
                unsafe eventfd_read(wakeUp, &signals)
            } else if released.remove(socket) != nil {
                control(EPOLL_CTL_DEL, socket, 0)
            } else {
                events.append(
                    Event(
                        socket: socket,
                        // The end of a connection is read like what came before it.
                        isReadable: flags & (EPOLLIN.rawValue | EPOLLHUP.rawValue) != 0,
                        isWritable: flags & EPOLLOUT.rawValue != 0, isBroken: flags & EPOLLERR.rawValue != 0))
            }
        }
    }

    @discardableResult
    private func control(_ operation: Int32, _ socket: Int32, _ wanted: UInt32) -> Bool {
        var event = unsafe epoll_event(events: wanted, data: epoll_data_t(fd: socket))
        return unsafe epoll_ctl(poll, operation, socket, &event) == 0
    }
}
