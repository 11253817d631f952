internal import CMicroHTTPD
import Glibc
import Support
import Synchronization

/// Notices clients that leave, on a thread of its own.
///
/// libmicrohttpd does not look at a suspended connection. Every socket is therefore also in an epoll set that asks
/// only for the end of the other side (`EPOLLRDHUP`), edge-triggered: one system call per connection, none per
/// request, and nothing to do while requests come and go. The kernel removes a socket when it is closed.
final class ClientWatcher: Sendable {
    private let poll: Int32
    private let wakeUp: Int32
    private let links = Mutex<[UInt64: Link]>([:])
    private let sweep: @Sendable () -> Void
    private let sweepInterval: Int32
    private let thread = Mutex<OSThread?>(nil)

    /// `sweep` is called about every `sweepInterval` milliseconds; -1 for never.
    init(sweepInterval: Int32, sweep: @escaping @Sendable () -> Void) throws(ServerStartError) {
        self.sweep = sweep
        self.sweepInterval = sweepInterval
        poll = epoll_create1(Int32(EPOLL_CLOEXEC))
        wakeUp = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        guard poll >= 0, wakeUp >= 0 else { throw ServerStartError(step: "watch connections", code: errno) }
        var event = unsafe epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(u64: 0))
        _ = unsafe epoll_ctl(poll, EPOLL_CTL_ADD, wakeUp, &event)
    }

    deinit {
        close(poll)
        close(wakeUp)
    }

    func start() {
        let thread = OSThread.start(name: "http-watch") { self.run() }
        self.thread.withLock { $0 = thread }
    }

    /// Blocks until the thread has ended.
    func stop() {
        eventfd_write(wakeUp, 1)
        let thread = self.thread.withLock { $0.take() }
        thread?.join()
    }

    func add(_ link: Link) {
        links.withLock { $0[link.id] = link }
        var event = unsafe epoll_event(events: EPOLLRDHUP.rawValue | EPOLLET.rawValue, data: epoll_data_t(u64: link.id))
        _ = unsafe epoll_ctl(poll, EPOLL_CTL_ADD, link.socket, &event)
    }

    func remove(_ link: Link) { _ = links.withLock { $0.removeValue(forKey: link.id) } }

    private func run() {
        var events = unsafe [epoll_event](repeating: epoll_event(), count: 64)
        var lastSweep = ContinuousClock.now
        while true {
            let count = unsafe epoll_wait(poll, &events, 64, sweepInterval)
            for index in 0..<max(0, Int(count)) {
                let event = unsafe events[index]
                let id = unsafe event.data.u64
                if id == 0 { return }
                let isBroken = unsafe event.events & (EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0
                links.withLock { $0[id] }?.left(isBroken: isBroken)
            }
            if sweepInterval > 0, lastSweep.duration(to: .now) >= .milliseconds(Int(sweepInterval)) {
                lastSweep = .now
                sweep()
                cutLate(at: lastSweep)
            }
        }
    }

    /// Ends the connections whose client takes too long to send what it owes.
    private func cutLate(at now: ContinuousClock.Instant) {
        let late = links.withLock { links in links.values.filter { $0.isLate(at: now) } }
        for link in late {
            link.exchange?.cut(.timedOut)
            // A link is removed before its socket is closed, so under the lock the number is still its own.
            links.withLock { links in
                if links[link.id] != nil { SocketEnd.cut(link.socket) }
            }
        }
    }
}
