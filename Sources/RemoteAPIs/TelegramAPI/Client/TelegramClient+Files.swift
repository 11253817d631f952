import HTTP
import HTTPClient

extension TelegramClient {
    /// Downloads a file into memory.
    ///
    /// - Parameters:
    ///   - filePath: the `filePath` that `GetFile` gave; good for an hour at least.
    ///   - limit: the most bytes to take. Telegram's cloud serves files up to 20 MB.
    public func download(_ filePath: String, upTo limit: Int = 20 << 20) async throws(TelegramError) -> [UInt8] {
        let response = try await open(filePath)
        do {
            return try await response.body.collect(upTo: limit)
        } catch {
            throw .network(error)
        }
    }

    /// Downloads a file to disk while it arrives, and gives its size in bytes.
    ///
    /// The file appears under its path when it is complete.
    @discardableResult
    public func download(
        _ filePath: String, to path: String, upTo limit: Int? = nil
    ) async throws(TelegramError) -> Int {
        let response = try await open(filePath)
        do {
            return try await response.body.save(to: path, upTo: limit)
        } catch {
            throw .network(error)
        }
    }

    /// A local Bot API server (`--local`) names files by their absolute path on its own disk and serves none of them.
    public static func isLocal(_ filePath: String) -> Bool {
        filePath.hasPrefix("/")
    }

    private func open(_ filePath: String) async throws(TelegramError) -> StreamedResponse {
        if Self.isLocal(filePath) {
            throw .badRequest(description: "a local server's file is read from its disk, not downloaded", code: 400)
        }
        let response: StreamedResponse
        do {
            response = try await http.stream(ClientRequest(.get, fileURL(filePath), timeouts: .streaming))
        } catch {
            throw .network(error)
        }
        guard response.status == .ok else {
            throw await Self.fault(of: response)
        }
        return response
    }

    /// A file that is gone answers 404 like a wrong token does; here the file is the likelier cause.
    private static func fault(of response: StreamedResponse) async -> TelegramError {
        do {
            let body = try await response.body.collect(upTo: 64 << 10)
            if response.status == .notFound {
                return .file(.wrongID, description: "the file is not there any more")
            }
            return TelegramError(
                status: response.status.rawValue, retryAfterField: response.fields["Retry-After"], body: body)
        } catch {
            return .network(error)
        }
    }
}
