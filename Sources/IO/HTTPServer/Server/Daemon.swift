internal import CMicroHTTPD
import Glibc
internal import HTTP

/// libmicrohttpd's daemon, from its start to its stop.
@safe final class Daemon: @unchecked Sendable {
    // Unchecked: the pointer never changes, and the library's calls on it may come from any thread; `stop` is
    // called once, by the owner that took the daemon out of the server's state.
    private let pointer: OpaquePointer
    /// Held for the library, whose threads use it until `stop` has joined them.
    private let context: Unmanaged<Context>
    /// The number of the socket that listens; the library closes it.
    private let socket: Int32

    /// What the library's callbacks are given.
    fileprivate final class Context: Sendable {
        let core: ServerCore
        let watcher: ClientWatcher

        init(core: ServerCore, watcher: ClientWatcher) {
            self.core = core
            self.watcher = watcher
        }
    }

    init(core: ServerCore, watcher: ClientWatcher, socket: Int32) throws(ServerStartError) {
        unsafe context = Unmanaged.passRetained(Context(core: core, watcher: watcher))
        let limits = core.configuration
        let memory = limits.connectionMemory
        guard
            let pointer = unsafe quartet_mhd_start(
                socket, UInt32(limits.threads), UInt32(limits.maximumConnections), memory,
                UInt32(limits.idleSeconds), context.toOpaque(), onAccess, onCompleted,
                onConnection, onTarget)
        else {
            let code = errno
            unsafe context.release()
            close(socket)
            throw ServerStartError(step: "start the HTTP server", code: code)
        }
        unsafe self.pointer = pointer
        self.socket = socket
    }

    /// Takes no more connections; those that exist live on.
    func stopListening() {
        // MHD_quiesce_daemon takes the socket out of the threads' epoll sets while they may be doing the same, and
        // ends the process when both do. So something that never has news takes over the socket's number: the socket
        // itself is closed by that, and leaves every epoll set.
        // Without a descriptor to spare, refused connections keep the threads busy for the time of the stop.
        if quartet_mhd_silence(socket) != 0 { SocketEnd.cut(socket) }
    }

    /// Closes every connection and blocks until the library's threads have ended; none may be suspended.
    func stop() {
        unsafe MHD_stop_daemon(pointer)
        unsafe context.release()
    }
}

private func onTarget(
    _ context: UnsafeMutableRawPointer?, _ target: UnsafePointer<CChar>?, _ connection: OpaquePointer?
) -> UnsafeMutableRawPointer? {
    guard let context = unsafe context, let target = unsafe target, let connection = unsafe connection,
        let linkPointer = unsafe quartet_mhd_socket_context(connection)
    else { return nil }
    let daemon = unsafe Unmanaged<Daemon.Context>.fromOpaque(context).takeUnretainedValue()
    let link = unsafe Unmanaged<Link>.fromOpaque(linkPointer).takeUnretainedValue()
    let exchange = unsafe Exchange(
        core: daemon.core, link: link, handle: ConnectionHandle(pointer: connection),
        target: String(cString: target))
    link.begin(exchange)
    daemon.core.began()
    return unsafe Unmanaged.passRetained(exchange).toOpaque()
}

private func onAccess(
    _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ path: UnsafePointer<CChar>?,
    _ method: UnsafePointer<CChar>?, _ version: UnsafePointer<CChar>?, _ upload: UnsafePointer<CChar>?,
    _ uploadSize: UnsafeMutablePointer<Int>?, _ request: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
    guard let opaque = unsafe request?.pointee, let method = unsafe method, let uploadSize = unsafe uploadSize else {
        return .NO
    }
    let exchange = unsafe Unmanaged<Exchange>.fromOpaque(opaque).takeUnretainedValue()
    let bytes = unsafe UnsafeRawBufferPointer(start: upload, count: uploadSize.pointee)
    var consumed = 0
    let verdict = unsafe exchange.advance(
        method: HTTPMethod(rawValue: String(cString: method)), upload: bytes, consumed: &consumed)
    unsafe uploadSize.pointee -= consumed
    switch verdict {
    case .proceed: return .YES
    case .close: return .NO
    case .answer(let response): return exchange.queue(response) ? .YES : .NO
    }
}

private func onCompleted(
    _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
    _ request: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ code: MHD_RequestTerminationCode
) {
    guard let opaque = unsafe request?.pointee else { return }
    unsafe request?.pointee = nil
    let exchange = unsafe Unmanaged<Exchange>.fromOpaque(opaque).takeRetainedValue()
    exchange.completed(code)
}

private func onConnection(
    _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
    _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ code: MHD_ConnectionNotificationCode
) {
    guard let context = unsafe context, let connection = unsafe connection, let slot = unsafe slot else { return }
    let daemon = unsafe Unmanaged<Daemon.Context>.fromOpaque(context).takeUnretainedValue()
    if code == .CONNECTION_NOTIFY_STARTED {
        let peer = unsafe quartet_mhd_peer(connection)
        let address = unsafe peer.map { unsafe SocketAddress.host(UnsafeRawPointer($0)) } ?? ""
        let link = daemon.core.makeLink(address: address, socket: unsafe quartet_mhd_socket(connection))
        unsafe slot.pointee = Unmanaged.passRetained(link).toOpaque()
        daemon.watcher.add(link)
    } else if let opaque = unsafe slot.pointee {
        unsafe slot.pointee = nil
        daemon.watcher.remove(unsafe Unmanaged<Link>.fromOpaque(opaque).takeRetainedValue())
    }
}
