import CPlaygroundAssets

/// The files inside the program.
enum Assets {
    /// A file's bytes, which live as long as the program.
    struct File: @unchecked Sendable {
        let path: String
        let bytes: UnsafeBufferPointer<UInt8>

        var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    /// All files by path: `web/…`, `content/…`, `codemirror/…`.
    static let files: [String: File] = {
        let list = UnsafeBufferPointer(start: lintel_playground_assets(), count: lintel_playground_asset_count())
        let files = list.map { asset in
            File(
                path: String(cString: asset.path), bytes: UnsafeBufferPointer(start: asset.bytes, count: asset.size))
        }
        return Dictionary(files.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    }()

    /// The file at `path`; what the program was not built with is an empty text.
    static func text(_ path: String) -> String { files[path]?.text ?? "" }

    /// The files below a folder, by path.
    static func files(below folder: String) -> [File] {
        files.values.filter { $0.path.hasPrefix(folder + "/") }.sorted { $0.path < $1.path }
    }

    /// The media type of a file by its suffix.
    static func type(of path: String) -> String {
        switch path.split(separator: ".").last {
        case "html": "text/html; charset=utf-8"
        case "js", "mjs": "text/javascript; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        case "ico": "image/x-icon"
        case "json", "webmanifest": "application/json"
        case "yaml": "application/yaml"
        case "woff2": "font/woff2"
        default: "text/plain; charset=utf-8"
        }
    }
}
