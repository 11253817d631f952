import CCurl

/// One of libcurl's transfer handles, freed with its owner.
///
/// Unchecked: a handle may be used from any thread, by one at a time; a transfer holds it, first
/// in the task that prepares it, then in the loop that runs it.
@safe final class EasyHandle: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer

    init?() {
        guard GlobalState.isReady, let pointer = unsafe curl_easy_init() else { return nil }
        unsafe self.pointer = unsafe pointer
    }

    deinit { unsafe curl_easy_cleanup(pointer) }

    /// Forgets all options; connections, TLS sessions and the name cache belong to the loop and stay.
    func reset() { unsafe curl_easy_reset(pointer) }

    func set(_ option: CURLoption, _ value: Int) {
        _ = unsafe quartet_easy_set_long(pointer, option, value)
    }

    func set(_ option: CURLoption, offset value: Int) {
        _ = unsafe quartet_easy_set_offset(pointer, option, curl_off_t(value))
    }

    /// Sets a text, which libcurl copies; false if it refuses it.
    @discardableResult
    func set(_ option: CURLoption, _ value: String) -> Bool {
        unsafe quartet_easy_set_string(pointer, option, value) == CURLE_OK
    }

    func set(_ option: CURLoption, pointer value: UnsafeMutableRawPointer?) {
        _ = unsafe quartet_easy_set_pointer(pointer, option, value)
    }

    func set(_ option: CURLoption, writer: curl_write_callback) {
        _ = unsafe quartet_easy_set_writer(pointer, option, writer)
    }

    /// A number that libcurl keeps about the transfer; 0 where it has none.
    func number(_ info: CURLINFO) -> Int {
        var value = 0
        _ = unsafe quartet_easy_get_long(pointer, info, &value)
        return value
    }

    /// A text that libcurl keeps about the transfer.
    func text(_ info: CURLINFO) -> String? {
        var value: UnsafeMutablePointer<CChar>?
        guard unsafe quartet_easy_get_string(pointer, info, &value) == CURLE_OK, let value = unsafe value else {
            return nil
        }
        return unsafe String(cString: value)
    }
}

/// libcurl's process-wide state, made once.
enum GlobalState {
    static let isReady = quartet_global_init() == CURLE_OK
}

extension EasyHandle {
    /// Lets both directions go on.
    func unpause() { _ = unsafe curl_easy_pause(pointer, CURLPAUSE_CONT) }
}

extension EasyHandle {
    /// Sets the header lines, which have to live as long as the transfer.
    func setHeaders(_ list: UnsafeMutablePointer<curl_slist>?) {
        _ = unsafe quartet_easy_set_list(pointer, CURLOPT_HTTPHEADER, list)
    }

    /// Sets a body in memory, which libcurl copies; its size must be set before.
    func copyPostFields(_ bytes: [UInt8]) {
        unsafe bytes.withUnsafeBytes { buffer in
            // An empty body still needs an address, as none means "read it from the callback".
            guard let base = buffer.baseAddress else {
                _ = unsafe quartet_easy_set_string(pointer, CURLOPT_COPYPOSTFIELDS, "")
                return
            }
            _ = unsafe quartet_easy_set_pointer(
                pointer, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: base))
        }
    }

    /// Sets where a body is read from.
    func setReader(_ read: curl_read_callback, _ seek: curl_seek_callback, context: UnsafeMutableRawPointer) {
        _ = unsafe quartet_easy_set_reader(pointer, read)
        _ = unsafe quartet_easy_set_seeker(pointer, seek)
        unsafe set(CURLOPT_READDATA, pointer: context)
        unsafe set(CURLOPT_SEEKDATA, pointer: context)
    }
}
