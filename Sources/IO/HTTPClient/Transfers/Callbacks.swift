import CCurl

// What libcurl calls, on the loop's thread, with the transfer as context. The transfer is alive:
// the loop holds it from the moment it adds the handle until it has removed it.

func transfer(_ context: UnsafeMutableRawPointer) -> Transfer {
    unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
}

/// A line of the head (`CURLOPT_HEADERFUNCTION`).
let headCallback: curl_write_callback = { bytes, size, count, context in
    guard let bytes = unsafe bytes, let context = unsafe context else { return 0 }
    let length = size * count
    return unsafe bytes.withMemoryRebound(to: UInt8.self, capacity: length) { bytes in
        let line = unsafe UnsafeBufferPointer(start: bytes, count: length)
        return unsafe transfer(context).receiveHead(line) ? length : 0
    }
}

/// A part of the body (`CURLOPT_WRITEFUNCTION`).
let bodyCallback: curl_write_callback = { bytes, size, count, context in
    guard let bytes = unsafe bytes, let context = unsafe context else { return 0 }
    let length = size * count
    guard length > 0 else { return 0 }
    return unsafe bytes.withMemoryRebound(to: UInt8.self, capacity: length) { bytes in
        let part = unsafe UnsafeBufferPointer(start: bytes, count: length)
        return switch unsafe transfer(context).receiveBody(part) {
        case .taken: length
        case .paused: Int(CURL_WRITEFUNC_PAUSE)
        // Any count but the true one ends the transfer.
        case .refused: length - 1
        }
    }
}

/// The next part of the request's body (`CURLOPT_READFUNCTION`).
let readCallback: curl_read_callback = { buffer, size, count, context in
    guard let buffer = unsafe buffer, let context = unsafe context else { return Int(CURL_READFUNC_ABORT) }
    let space = unsafe UnsafeMutableRawBufferPointer(start: buffer, count: size * count)
    return unsafe transfer(context).sendBody(into: space)
}

/// Going back in the request's body (`CURLOPT_SEEKFUNCTION`).
let seekCallback: curl_seek_callback = { context, offset, origin in
    guard let context = unsafe context, origin == SEEK_SET else { return CURL_SEEKFUNC_CANTSEEK }
    let isDone = unsafe transfer(context).rewindBody(to: Int(offset))
    return isDone ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL
}
