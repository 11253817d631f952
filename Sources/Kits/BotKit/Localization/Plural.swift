/// The right form of a word beside a number; rules of the Unicode CLDR for whole numbers.
public enum Plural {
    /// `one` for 1 and −1, else `other`: 1 photo, 2 photos.
    public static func english(_ number: some BinaryInteger, one: String, other: String) -> String {
        number.magnitude == 1 ? one : other
    }

    /// `one` for 1, 21, 101…; `few` for 2–4, 22–24…; `many` for the rest: 1 снимок, 2 снимка, 5 снимков.
    public static func russian(_ number: some BinaryInteger, one: String, few: String, many: String) -> String {
        let (tens, ones) = (number.magnitude % 100, number.magnitude % 10)
        if ones == 1, tens != 11 { return one }
        if (2...4).contains(ones), !(12...14).contains(tens) { return few }
        return many
    }
}
