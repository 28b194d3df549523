import CPackedPolicies
package import Diagnostics
package import Documents
import Inputs

/// The packed policy library: a line `LINTEL-POLICIES 1 SIZE`, that many bytes of JSON index, then the texts of the files.
///
/// The index holds for each module its path, package, place and the modules it uses, and for each policy its metadata,
/// so that starting up reads no YAML and compiles only what is needed.
package struct PackedPolicies: Sendable {
    /// One Rego file.
    package struct Module: Sendable {
        package let path: String
        /// With dots: `lintel.lib.finding`.
        package let package: String
        /// Numbers of the modules it refers to.
        let uses: [Int]
        let range: Range<Int>
    }

    /// The first line without the size.
    static let signature = "LINTEL-POLICIES 1 "

    package let index: Document
    let modules: [Module]
    private let storage: Storage
    private let textStart: Int

    private enum Storage: @unchecked Sendable {
        /// Part of the binary: never freed.
        case embedded(UnsafeBufferPointer<UInt8>)
        case bytes([UInt8])

        subscript(range: Range<Int>) -> [UInt8] {
            switch self {
            case .embedded(let buffer): Array(buffer[range])
            case .bytes(let bytes): Array(bytes[range])
            }
        }
    }

    private static var embeddedBytes: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: lintel_packed_policies(), count: lintel_packed_policies_size())
    }

    /// The library inside the binary. `index`, when it was parsed already, is taken as it is.
    package static func embedded(index: Document? = nil) throws(PackError) -> PackedPolicies {
        try PackedPolicies(.embedded(embeddedBytes), count: embeddedBytes.count, index: index)
    }

    /// The digest of the library inside the binary, which is the index's first member; empty when it is damaged.
    static func embeddedDigest() -> String {
        let bytes = embeddedBytes, start = Array("{\"digest\":\"".utf8)
        guard let line = bytes.prefix(256).firstIndex(of: UInt8(ascii: "\n")), bytes[(line + 1)...].starts(with: start) else {
            return ""
        }
        return String(
            decoding: bytes[(line + 1 + start.count)...].prefix { $0 != UInt8(ascii: "\"") }.prefix(256), as: UTF8.self)
    }

    /// A library made by `PolicyPacker`.
    package init(bytes: [UInt8]) throws(PackError) { try self.init(.bytes(bytes), count: bytes.count, index: nil) }

    private init(_ storage: Storage, count: Int, index known: Document?) throws(PackError) {
        let head = storage[0..<min(count, 64)]
        guard let lineEnd = head.firstIndex(of: UInt8(ascii: "\n")), head.starts(with: Self.signature.utf8),
            let size = Int(String(decoding: head[Self.signature.utf8.count..<lineEnd], as: UTF8.self)),
            lineEnd + 1 + size <= count
        else { throw PackError(message: "the packed policies are damaged; run `make pack`") }
        textStart = lineEnd + 1 + size
        self.storage = storage
        do {
            let text = { [textStart] in SourceFile(path: "index.json", bytes: storage[(lineEnd + 1)..<textStart]) }
            index = try known ?? JSONReader.read(text(), keepsPositions: false)
        } catch {
            throw PackError(message: "the index of the packed policies is not JSON; run `make pack`")
        }
        let limit = count - textStart
        modules = index.root.field("modules").array.compactMap { Module($0, limit: limit) }
    }

    /// The text of a module.
    package func source(of module: Module) -> SourceFile {
        SourceFile(path: "policies/" + module.path, bytes: text(module.range))
    }

    /// The numbers of the given modules and of everything they use, in ascending order.
    func closure(of roots: some Sequence<Int>) -> [Int] {
        var isNeeded = [Bool](repeating: false, count: modules.count)
        var pending = Array(roots)
        while let next = pending.popLast() {
            if isNeeded[next] { continue }
            isNeeded[next] = true
            pending += modules[next].uses
        }
        return isNeeded.indices.filter { isNeeded[$0] }
    }

    /// Files of the library that are not Rego, such as examples, frameworks and languages, below a folder.
    package func dataFiles(below folder: String) -> [SourceFile] {
        index.root.field("files").array.compactMap { file in
            guard let path = file.field("path").stringValue, path.hasPrefix(folder),
                let range = Module.range(file, limit: .max)
            else { return nil }
            return SourceFile(path: "policies/" + path, bytes: text(range))
        }
    }

    /// A name for the contents: equal libraries have equal digests.
    package var digest: String { index.root.field("digest").stringValue ?? "" }

    private func text(_ range: Range<Int>) -> [UInt8] {
        storage[(textStart + range.lowerBound)..<(textStart + range.upperBound)]
    }
}

/// Why packed policies cannot be read.
package struct PackError: Error, Sendable, Hashable {
    package var message: String
}

extension PackedPolicies.Module {
    fileprivate init?(_ value: Value, limit: Int) {
        guard let path = value.field("path").stringValue, let package = value.field("package").stringValue,
            let range = Self.range(value, limit: limit)
        else { return nil }
        self.path = path
        self.package = package
        self.range = range
        uses = value.field("uses").array.compactMap { $0.intValue.map { Int($0) } }
    }

    fileprivate static func range(_ value: Value, limit: Int) -> Range<Int>? {
        guard let offset = value.field("offset").intValue, let size = value.field("size").intValue, offset >= 0, size >= 0,
            Int(offset) <= limit - Int(size)
        else { return nil }
        return Int(offset)..<Int(offset + size)
    }
}
