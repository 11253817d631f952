import Configuration
import HTTP
import HTTPClient
import PhotoLibraries
import Support

/// Makes the library that the settings name.
enum PhotoSource {
    static func library(_ source: GalleryPlan.Source, http: HTTPClient) throws -> any PhotoLibrary {
        switch source {
        case .folder(let path): return FolderLibrary(path: path)
        case .stash(let url, let key):
            guard let base = HTTPURL(url) else {
                throw ConfigurationError(problems: [
                    ConfigurationProblem(
                        place: .combination, key: Options.Gallery.stashURL.key, message: "“\(url)” is no web address")
                ])
            }
            return StashLibraryClient(base: base, key: key, http: http)
        }
    }

    /// A probe that asks the library how it is.
    static func probe(_ library: any PhotoLibrary) -> HealthProbe {
        HealthProbe(name: library.kind) {
            let status = try await library.status()
            return "\(status.count) pictures" + (status.version.map { ", version \($0)" } ?? "")
        }
    }
}
