import FoundationEssentials
import Images

/// Pictures that cost nothing to make.
enum Pictures {
    static let width = 48
    static let height = 32

    /// A picture of its own for each shade.
    static func jpeg(shade: Int) throws -> [UInt8] {
        let canvas = try Raster(width: width, height: height)
        canvas.fill(red: shade * 37 % 256, green: shade * 91 % 256, blue: shade * 151 % 256)
        return try canvas.jpeg()
    }

    /// Fills a folder with pictures.
    static func write(_ count: Int, to folder: TemporaryFolder, under name: String) throws -> String {
        let path = folder.file(name)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for number in 1...count {
            try Data(try jpeg(shade: number)).write(to: URL(filePath: "\(path)/picture-\(number).jpg"))
        }
        return path
    }
}
