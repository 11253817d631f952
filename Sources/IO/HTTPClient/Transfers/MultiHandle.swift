import CCurl
import Glibc

/// libcurl's handle for many transfers at once: the pools of connections, names and TLS sessions.
///
/// It works on the sockets that have something, and on no others, however many transfers there are.
/// Unchecked: only the loop's thread uses it, but for `wake()`; it is freed with its last owner.
@safe final class MultiHandle: @unchecked Sendable {
    private let pointer: UnsafeMutableRawPointer
    private let sockets: SocketPoll
    /// When libcurl wants to be called though no socket has anything, in monotonic nanoseconds.
    private var timer = Int64.max

    init?(maximumConnections: Int, perHost: Int) {
        guard GlobalState.isReady, let sockets = SocketPoll(), let pointer = unsafe curl_multi_init() else {
            return nil
        }
        self.sockets = sockets
        unsafe self.pointer = unsafe pointer
        _ = unsafe quartet_multi_set_long(pointer, CURLMOPT_MAX_TOTAL_CONNECTIONS, maximumConnections)
        _ = unsafe quartet_multi_set_long(pointer, CURLMOPT_MAX_HOST_CONNECTIONS, perHost)
        _ = unsafe quartet_multi_set_long(pointer, CURLMOPT_MAXCONNECTS, maximumConnections)
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        _ = unsafe quartet_multi_set_socket_function(pointer, socketCallback, context)
        _ = unsafe quartet_multi_set_timer_function(pointer, timerCallback, context)
    }

    deinit {
        // Closing its connections, it calls back; there is nobody to tell any more.
        _ = unsafe quartet_multi_set_socket_function(pointer, nil, nil)
        _ = unsafe quartet_multi_set_timer_function(pointer, nil, nil)
        unsafe curl_multi_cleanup(pointer)
    }

    func add(_ easy: EasyHandle) -> Bool {
        unsafe curl_multi_add_handle(pointer, easy.pointer) == CURLM_OK
    }

    func remove(_ easy: EasyHandle) {
        unsafe curl_multi_remove_handle(pointer, easy.pointer)
    }

    /// Does what can be done without waiting.
    func perform() {
        var running: CInt = 0
        for event in sockets.events {
            let flags =
                (event.isReadable ? CURL_CSELECT_IN : 0) | (event.isWritable ? CURL_CSELECT_OUT : 0)
                | (event.isBroken ? CURL_CSELECT_ERR : 0)
            _ = unsafe curl_multi_socket_action(pointer, event.socket, flags, &running)
        }
        sockets.forgetEvents()
        if timer <= TransferLoop.now {
            timer = .max
            _ = unsafe curl_multi_socket_action(pointer, Self.noSocket, 0, &running)
        }
    }

    /// `CURL_SOCKET_TIMEOUT`, a macro with a cast.
    private static let noSocket: curl_socket_t = -1

    /// Waits for a socket, a timer of libcurl's, a wake-up, or a time in monotonic nanoseconds.
    func wait(until end: Int64) {
        let pause = min(end, timer) - TransferLoop.now
        // Rounded up, so as not to wake just before the time and wait once more.
        sockets.wait(milliseconds: pause <= 0 ? 0 : Int32(min(pause / 1_000_000 + 1, 60_000)))
    }

    /// Ends the wait, or the next one; from any thread.
    func wake() { sockets.wake() }

    /// Takes libcurl's wish to hear of a socket.
    fileprivate func watch(_ socket: curl_socket_t, _ wish: CInt) {
        switch wish {
        case CURL_POLL_IN: sockets.watch(socket, reading: true, writing: false)
        case CURL_POLL_OUT: sockets.watch(socket, reading: false, writing: true)
        case CURL_POLL_INOUT: sockets.watch(socket, reading: true, writing: true)
        default: sockets.release(socket)
        }
    }

    /// Takes libcurl's wish to be called after a while; -1 for none.
    fileprivate func setTimer(milliseconds: Int) {
        timer = milliseconds < 0 ? .max : TransferLoop.now + Int64(milliseconds) * 1_000_000
    }

    /// The next transfer that is over, with its result.
    func nextFinished() -> (transfer: Transfer, code: CURLcode)? {
        var remaining: CInt = 0
        while let message = unsafe curl_multi_info_read(pointer, &remaining) {
            guard unsafe message.pointee.msg == CURLMSG_DONE else { continue }
            var context: UnsafeMutableRawPointer?
            _ = unsafe quartet_easy_get_pointer(message.pointee.easy_handle, CURLINFO_PRIVATE, &context)
            guard let context = unsafe context else { continue }
            let code = unsafe message.pointee.data.result
            return (unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue(), code)
        }
        return nil
    }
}

/// A socket is to be watched, or no more (`CURLMOPT_SOCKETFUNCTION`).
private let socketCallback: curl_socket_callback = { _, socket, wish, context, _ in
    if let context = unsafe context {
        unsafe Unmanaged<MultiHandle>.fromOpaque(context).takeUnretainedValue().watch(socket, wish)
    }
    return 0
}

/// libcurl wants to be called after a time (`CURLMOPT_TIMERFUNCTION`).
private let timerCallback: curl_multi_timer_callback = { _, milliseconds, context in
    if let context = unsafe context {
        unsafe Unmanaged<MultiHandle>.fromOpaque(context).takeUnretainedValue().setTimer(milliseconds: milliseconds)
    }
    return 0
}
