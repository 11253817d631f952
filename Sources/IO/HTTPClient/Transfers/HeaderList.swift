import CCurl
import HTTP

/// Header lines in libcurl's form, freed with their owner.
///
/// Unchecked: written by the task that prepares the request, read by the loop afterwards.
@safe final class HeaderList: @unchecked Sendable {
    private(set) var pointer: UnsafeMutablePointer<curl_slist>?

    init() { unsafe pointer = nil }

    deinit { unsafe curl_slist_free_all(pointer) }

    /// Adds a line, which libcurl copies.
    func append(_ line: String) {
        if let longer = unsafe curl_slist_append(pointer, line) { unsafe pointer = unsafe longer }
    }

    /// Adds a field in the form that libcurl wants: a value that is empty is written as `Name;`.
    ///
    /// Throws if the field would break out of its line.
    func append(name: String, value: String) throws(HTTPClientError) {
        guard HTTPFields.isValidName(name) else {
            throw .invalidRequest("a header field's name has characters that are not allowed")
        }
        guard HTTPFields.isValidValue(value) else {
            throw .invalidRequest("the header field \(name) has control characters in its value")
        }
        append(value.isEmpty ? "\(name);" : "\(name): \(value)")
    }
}
