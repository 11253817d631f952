import Testing

@testable import TelegramSimulator

@Suite struct PhoneNumberTests {
    @Test(arguments: [
        ("call +12125550123 now", 5, 12), ("+4915112345678", 0, 14), ("+1", 0, 0), ("a+12125550123", 0, 0),
        ("+12125550123a", 0, 0), ("+1234567890123456", 0, 0),
    ])
    func `a number in the international form is marked`(text: String, offset: Int, length: Int) {
        let found = DetectedEntities.find(in: text).filter { $0.kind == .phoneNumber }
        #expect(found.map(\.offset) == (length > 0 ? [offset] : []))
        #expect(found.map(\.length) == (length > 0 ? [length] : []))
    }
}
