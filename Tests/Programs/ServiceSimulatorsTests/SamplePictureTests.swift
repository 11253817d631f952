import Images
import Testing

@testable import ServiceSimulators

@Suite struct SamplePictureTests {
    @Test(arguments: SamplePicture.library)
    func `a sample picture is what its row says, and the same each time`(picture: SamplePicture) throws {
        let bytes = try picture.render()
        #expect(
            ImageFacts(reading: bytes)
                == ImageFacts(format: picture.format, width: picture.width, height: picture.height))
        #expect(try picture.render() == bytes)
    }

    @Test func `the library has the cases that real libraries have`() {
        let library = SamplePicture.library
        #expect(Set(library.map(\.fileName)).count == library.count)
        #expect(library.contains { $0.title == nil } && library.contains { $0.rating == nil })
        #expect(library.contains { $0.title?.contains("<") == true })
        #expect(library.contains { $0.width > 20 * $0.height })
    }
}
