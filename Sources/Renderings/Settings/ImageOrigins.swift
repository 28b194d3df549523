package import Diagnostics
package import Documents
package import Helm
import Synchronization

/// The places that take part in the images of rendered charts, which are mostly put together of a name and a tag of different
/// lines. Filled while charts are rendered, when `BuildSettings.imageOrigins` asks for it.
package final class ImageOrigins: Sendable {
    /// An image is known by the place of its first part and its text.
    private struct Key: Hashable {
        var start: UInt32
        var text: String
    }

    private let origins = Mutex<[Key: [ValueOrigin]]>([:])

    package init() {}

    /// Where the image at a place of a rendered document comes from; nil when no chart made it.
    package func origins(of text: String, at span: ByteSpan) -> [ValueOrigin]? {
        origins.withLock { $0[Key(start: span.start, text: text)] }
    }

    /// Keeps the origins of each member `image` or `reference` of an object.
    func record(_ manifest: RenderedManifest, of release: ChartRelease, as document: Document) {
        document.withRoot { root in
            var found: [(path: DocumentPath, key: Key)] = []
            Self.collect(root, document.rootSpan, [], &found)
            for (path, key) in found {
                guard let parts = release.origins(of: manifest, at: path)?.origins else { continue }
                origins.withLock { known in
                    for part in parts where known[key]?.contains(part) != true { known[key, default: []].append(part) }
                }
            }
        }
    }

    private static func collect(
        _ value: Value, _ span: ByteSpan, _ steps: [DocumentPath.Step], _ found: inout [(path: DocumentPath, key: Key)]
    ) {
        switch value.kind {
        case .array:
            for (index, item) in value.items(madeAt: span).enumerated() where item.value.isCollection {
                collect(item.value, item.span, steps + [.index(index)], &found)
            }
        case .object:
            for entry in value.entries(madeAt: span) {
                let name = entry.key.stringValue ?? ""
                if entry.value.isCollection {
                    collect(entry.value, entry.valueSpan, steps + [.key(name)], &found)
                } else if name == "image" || name == "reference", entry.value.kind == .string {
                    found.append(
                        (DocumentPath(steps + [.key(name)]), Key(start: entry.valueSpan.start, text: entry.value.string)))
                }
            }
        default: break
        }
    }
}
