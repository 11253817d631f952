import CCurl
import HTTP

extension Transfer {
    /// Writes a request into the transfer's handle; runs in the task that asks, so that the loop only adds it.
    func prepare(_ request: ClientRequest, _ configuration: HTTPClient.Configuration) throws(HTTPClientError) {
        guard HTTPFields.isValidName(request.method.rawValue) else {
            throw .invalidRequest("the method has characters that are not allowed")
        }
        let isSecure = try Self.isSecure(request.url)
        guard easy.set(CURLOPT_URL, request.url) else { throw .invalidRequest("the URL cannot be read") }
        prepareCallbacks()
        prepareConnection(isSecure: isSecure, configuration)
        let type = try prepareBody(request)
        // An answer to HEAD names the length of a body that does not come.
        if let maximumBytes, request.method != .head { easy.set(CURLOPT_MAXFILESIZE_LARGE, offset: maximumBytes) }
        try prepareHeaders(request, formType: type, configuration)
    }

    private static func isSecure(_ url: String) throws(HTTPClientError) -> Bool {
        let start = url.prefix(8).lowercased()
        let isSecure = start == "https://"
        guard isSecure || start.hasPrefix("http://") else {
            throw .invalidRequest("the URL's scheme is not http or https")
        }
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw .invalidRequest("the URL has characters that must be percent-encoded")
        }
        return isSecure
    }

    private func prepareCallbacks() {
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe easy.set(CURLOPT_PRIVATE, pointer: context)
        unsafe easy.set(CURLOPT_WRITEDATA, pointer: context)
        unsafe easy.set(CURLOPT_HEADERDATA, pointer: context)
        unsafe easy.set(CURLOPT_WRITEFUNCTION, writer: bodyCallback)
        unsafe easy.set(CURLOPT_HEADERFUNCTION, writer: headCallback)
    }

    private func prepareConnection(isSecure: Bool, _ configuration: HTTPClient.Configuration) {
        easy.set(CURLOPT_NOSIGNAL, 1)
        easy.set(CURLOPT_PROTOCOLS_STR, "http,https")
        easy.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        // An empty text, not an absent one: libcurl would read the environment's variables.
        easy.set(CURLOPT_PROXY, configuration.proxy?.url ?? "")
        easy.set(CURLOPT_NOPROXY, configuration.proxy?.bypassedHosts.joined(separator: ",") ?? "")
        if let credentials = configuration.proxy?.credentials {
            easy.set(CURLOPT_PROXYUSERNAME, credentials.user)
            easy.set(CURLOPT_PROXYPASSWORD, credentials.password)
        }
        if let limit = timeouts.connect { easy.set(CURLOPT_CONNECTTIMEOUT_MS, limit.milliseconds) }
        if configuration.decompresses { easy.set(CURLOPT_ACCEPT_ENCODING, "") }
        if isSecure {
            easy.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
            // Waits for the first connection to tell whether it takes many requests at once.
            easy.set(CURLOPT_PIPEWAIT, 1)
            if let file = configuration.caFile { easy.set(CURLOPT_CAINFO, file) }
            if let path = configuration.caPath { easy.set(CURLOPT_CAPATH, path) }
        } else {
            easy.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        }
    }

    /// Gives the content type of a form, which names its boundary.
    private func prepareBody(_ request: ClientRequest) throws(HTTPClientError) -> MediaType? {
        var formType: MediaType?
        let method = request.method.rawValue
        switch request.body {
        case .none:
            switch method {
            case "GET": break
            case "HEAD": easy.set(CURLOPT_NOBODY, 1)
            case "POST", "PUT", "PATCH": prepare(bytes: [])
            default: break
            }
        case .bytes(let bytes): prepare(bytes: bytes)
        case .file(let path):
            prepare(UploadSegments([.file(try UploadFile(path: path))]))
        case .stream(let length, let stream):
            pipe = UploadPipe(stream)
            prepareUpload(length: length ?? -1)
        case .multipart(let parts):
            let boundary = MultipartBoundary.random()
            formType = boundary.contentType
            prepare(try UploadSegments(parts, boundary))
        }
        if method != "HEAD" { easy.set(CURLOPT_CUSTOMREQUEST, method) }
        return formType
    }

    /// A body in memory goes out in one piece with the head.
    private func prepare(bytes: [UInt8]) {
        easy.set(CURLOPT_POSTFIELDSIZE_LARGE, offset: bytes.count)
        easy.copyPostFields(bytes)
    }

    private func prepare(_ segments: UploadSegments) {
        self.segments = segments
        prepareUpload(length: segments.length)
    }

    private func prepareUpload(length: Int) {
        easy.set(CURLOPT_UPLOAD, 1)
        easy.set(CURLOPT_INFILESIZE_LARGE, offset: length)
        unsafe easy.setReader(readCallback, seekCallback, context: Unmanaged.passUnretained(self).toOpaque())
    }

    private func prepareHeaders(
        _ request: ClientRequest, formType: MediaType?, _ configuration: HTTPClient.Configuration
    ) throws(HTTPClientError) {
        let list = HeaderList()
        var fields = request.fields
        if let formType { fields["Content-Type"] = formType.description }
        for field in fields { try list.append(name: field.name, value: field.value) }
        if !fields.contains("User-Agent") { easy.set(CURLOPT_USERAGENT, configuration.userAgent) }
        // Without these libcurl would call any body a form, and wait for "100 Continue" before a large one.
        if !fields.contains("Content-Type") { list.append("Content-Type:") }
        if !fields.contains("Expect") { list.append("Expect:") }
        unsafe easy.setHeaders(list.pointer)
        headers = list
    }
}
