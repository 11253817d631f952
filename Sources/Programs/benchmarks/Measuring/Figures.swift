/// Figures as people read them.
enum Figures {
    /// Whole figures from a hundred on, two decimals below.
    static func number(_ value: Double) -> String {
        guard value >= 100 else { return decimal(value) }
        var digits = String(Int(value.rounded()))
        var grouped = ""
        while digits.count > 3 {
            grouped = " " + digits.suffix(3) + grouped
            digits.removeLast(3)
        }
        return digits + grouped
    }

    /// Two decimals, or three of a figure below 0.1.
    static func decimal(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        let digits = value < 0.1 ? 3 : 2
        let scale = digits == 3 ? 1000 : 100
        let scaled = Int((value * Double(scale)).rounded())
        let rest = String(scaled % scale)
        return "\(scaled / scale)." + String(repeating: "0", count: digits - rest.count) + rest
    }
}
