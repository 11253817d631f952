/// Which names of machines make a text a link.
enum WebHost {
    /// - Parameter hasScheme: Without a scheme the last label must be one that there is.
    static func isAllowed(_ host: String, hasScheme: Bool) -> Bool {
        let labels = host.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard labels.count > 1,
            labels.allSatisfy({ (1...63).contains($0.utf8.count) && !$0.hasSuffix("-") })
        else { return false }
        if isAddress(labels) { return true }
        guard labels.contains(where: { !$0.utf8.allSatisfy(\.isDigit) }), let top = labels.last,
            top.unicodeScalars.count > 1, !labels[labels.count - 2].utf8.contains(0x5F)
        else { return false }
        if top.hasPrefix("xn--") { return top.utf8.count > 5 && top.utf8.dropFirst(4).allSatisfy(\.isLetterOrDigit) }
        guard !top.utf8.contains(where: { $0 == "_" || $0 == "-" }) else { return false }
        return hasScheme || TopDomains.contains(top)
    }

    /// Whether the labels are the four numbers of an address.
    private static func isAddress(_ labels: [String]) -> Bool {
        labels.count == 4
            && labels.allSatisfy { label in
                guard label.utf8.count <= 3, let number = Int(label), (0...255).contains(number) else { return false }
                return label == String(number)
            }
    }
}
