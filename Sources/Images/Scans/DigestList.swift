import Diagnostics
import Documents

/// Digests of images from a file: what they are pinned to, for nothing is fetched.
package struct DigestList: Sendable {
    /// What is wrong with a file.
    package struct Failure: Error {
        package var reason: String
    }

    /// By the name written in full with its tag.
    private var digests: [String: String] = [:]

    package init() {}

    /// Reads lines of `image@sha256:…`, `image sha256:…` or `image=sha256:…`; a map of images to digests in YAML or JSON; or a
    /// lock file, whose map stands in `images`.
    package init(reading bytes: [UInt8], file: String) throws(Failure) {
        let stream = YAMLReader().read(SourceFile(path: file, bytes: bytes))
        if stream.diagnostics.isEmpty, let document = stream.documents.first, document.root.kind == .object {
            var reason: String?
            document.withRoot { root in
                let map = root.field("images").kind == .object ? root.field("images") : root
                for index in map.keys.indices where reason == nil {
                    reason = add(map.keys[index].string, map.values[index].stringValue ?? "")
                }
            }
            if let reason { throw Failure(reason: reason) }
        } else {
            for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
                let parts = line.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "=" })
                guard let first = parts.first, !first.hasPrefix("#") else { continue }
                let whole = first.split(separator: "@", maxSplits: 1)
                if whole.count == 2, parts.count == 1 {
                    if let reason = add(String(whole[0]), String(whole[1])) { throw Failure(reason: reason) }
                } else if let reason = add(String(first), parts.count == 2 ? String(parts[1]) : "") {
                    throw Failure(reason: reason)
                }
            }
        }
        if digests.isEmpty { throw Failure(reason: "it names no digest") }
    }

    /// What is wrong with an entry; nil when it was added.
    private mutating func add(_ image: String, _ digest: String) -> String? {
        guard let reference = ImageReference(parsing: image) else { return "\"\(image)\" is no image" }
        guard ImageReference.isDigest(digest[...]) else { return "\"\(digest)\" of \(image) is no digest, such as sha256:…" }
        if let other = digests[Self.key(reference)], other != digest { return "\(image) has two digests" }
        digests[Self.key(reference)] = digest
        return nil
    }

    /// Adds what manifests and reports say of an image; an entry that is there stays.
    package mutating func learn(_ reference: ImageReference, _ digest: String) {
        if digests[Self.key(reference)] == nil { digests[Self.key(reference)] = digest }
    }

    /// Adds another list, whose entries win.
    package mutating func add(_ other: DigestList) { digests.merge(other.digests) { _, own in own } }

    package func digest(of reference: ImageReference) -> String? { digests[Self.key(reference)] }

    package var isEmpty: Bool { digests.isEmpty }

    private static func key(_ reference: ImageReference) -> String { reference.name + ":" + (reference.tag ?? "latest") }

    /// The lock file of images, each with its digest; those without one are left out.
    package static func lock(_ images: [(image: ImageReference, digest: String)]) -> String {
        let lines = Set(images.map { "  \"\(key($0.image))\": \($0.digest)\n" }).sorted()
        return "apiVersion: lintel/v1\nkind: ImageLock\nimages:\n" + lines.joined()
    }
}
