import CCurl

extension HTTPClientError {
    /// What libcurl's result of a transfer means; a callback that ended it knows better.
    init(_ code: CURLcode, of transfer: Transfer) {
        if let failure = transfer.failure {
            self = failure
            return
        }
        // A refused tunnel looks like a lost connection but for the proxy's own status.
        let tunnelStatus = transfer.easy.number(CURLINFO_HTTP_CONNECTCODE)
        guard tunnelStatus < 300 else {
            self = .proxyFailed(reason: "it answered \(tunnelStatus)")
            return
        }
        let host = transfer.host
        self =
            switch code {
            case CURLE_COULDNT_RESOLVE_HOST: .unresolvedHost(host)
            case CURLE_COULDNT_RESOLVE_PROXY: .unresolvedHost("the proxy")
            case CURLE_COULDNT_CONNECT:
                .connectionFailed(host: host, reason: SystemError.text(CInt(transfer.easy.number(CURLINFO_OS_ERRNO))))
            // The loop has the total time under its own eye, so this is libcurl's connect limit.
            case CURLE_OPERATION_TIMEDOUT: .timeout(.connect, host: host)
            case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_HTTP2_STREAM,
                CURLE_SEND_FAIL_REWIND:
                .connectionLost(host: host)
            case CURLE_FILESIZE_EXCEEDED: .tooLarge(limit: transfer.maximumBytes ?? 0)
            case CURLE_PEER_FAILED_VERIFICATION:
                .tls(host: host, reason: "its certificate is not trusted")
            case CURLE_SSL_CACERT_BADFILE: .tls(host: host, reason: "the file of trusted certificates cannot be read")
            case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS,
                CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_USE_SSL_FAILED, CURLE_SSL_SHUTDOWN_FAILED:
                .tls(host: host, reason: "the handshake failed")
            case CURLE_PROXY: .proxyFailed(reason: "it refused the connection")
            case CURLE_URL_MALFORMAT: .invalidRequest("the URL cannot be read")
            // The URL's scheme was checked before: what is left is an answer without a status line.
            case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY:
                .protocolError(host: host, reason: "its answer is not HTTP")
            case CURLE_HTTP2: .protocolError(host: host, reason: "HTTP/2 framing")
            case CURLE_BAD_CONTENT_ENCODING: .protocolError(host: host, reason: "the body cannot be decompressed")
            case CURLE_READ_ERROR, CURLE_ABORTED_BY_CALLBACK: .unreadableBody("it ended too early")
            default: .fault(code: Int(code.rawValue))
            }
    }
}
