/// Reads the archives that hold bundles: POSIX `ustar` and `pax` and what GNU tar adds for long names.
package struct TarReader {
    /// What an archive says of one file.
    package struct Entry {
        package enum Kind { case file, folder, link, other }
        package var path: String
        package var kind: Kind
        package var contents: ArraySlice<UInt8>
    }

    private static let blockSize = 512

    private let bytes: [UInt8]
    private let limits: BundleLimits
    private var offset = 0
    /// What extended headers say of the next entry.
    private var longPath: String?
    private var longSize: Int?

    package init(_ bytes: [UInt8], limits: BundleLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    /// The next entry; nil at the end of the archive.
    package mutating func next() throws(BundleProblem) -> Entry? {
        while offset < bytes.count {
            guard offset + Self.blockSize <= bytes.count else { throw BundleProblem("the archive ends too early") }
            let header = bytes[offset..<(offset + Self.blockSize)]
            if header.allSatisfy({ $0 == 0 }) { return nil }
            guard Self.hasValidChecksum(header) else { throw BundleProblem("it is not a tar archive, or it is damaged") }
            offset += Self.blockSize
            let type = field(header, 156, 1).first ?? 0
            let contents = try takeContents(try size(header, type))
            switch type {
            case UInt8(ascii: "x"): try readRecords(contents)
            case UInt8(ascii: "L"): longPath = String(decoding: contents.prefix { $0 != 0 }, as: UTF8.self)
            case UInt8(ascii: "g"), UInt8(ascii: "K"): continue
            default: return try entry(header, type, contents)
            }
        }
        return nil
    }

    private mutating func entry(
        _ header: ArraySlice<UInt8>, _ type: UInt8, _ contents: ArraySlice<UInt8>
    ) throws(BundleProblem) -> Entry {
        var path = longPath ?? Self.text(field(header, 0, 100))
        if longPath == nil, Self.text(field(header, 257, 5)) == "ustar" {
            let prefix = Self.text(field(header, 345, 155))
            if !prefix.isEmpty { path = prefix + "/" + path }
        }
        (longPath, longSize) = (nil, nil)
        if path.utf8.count > limits.pathLength { throw BundleProblem("a path is longer than \(limits.pathLength) bytes") }
        let kind: Entry.Kind =
            switch type {
            case 0, UInt8(ascii: "0"), UInt8(ascii: "7"): path.hasSuffix("/") ? .folder : .file
            case UInt8(ascii: "5"): .folder
            case UInt8(ascii: "1"), UInt8(ascii: "2"): .link
            default: .other
            }
        return Entry(path: path, kind: kind, contents: contents)
    }

    private func size(_ header: ArraySlice<UInt8>, _ type: UInt8) throws(BundleProblem) -> Int {
        // Links and folders have no contents, whatever the field says.
        if (UInt8(ascii: "1")...UInt8(ascii: "6")).contains(type) { return 0 }
        if let longSize, type != UInt8(ascii: "x") { return longSize }
        let size = try Self.number(field(header, 124, 12))
        if size > limits.fileSize { throw BundleProblem("a file is larger than \(limits.fileSize >> 20) MiB") }
        return size
    }

    private mutating func takeContents(_ size: Int) throws(BundleProblem) -> ArraySlice<UInt8> {
        guard size <= bytes.count - offset else { throw BundleProblem("the archive ends too early") }
        let contents = bytes[offset..<(offset + size)]
        let padded = (size + Self.blockSize - 1) / Self.blockSize * Self.blockSize
        offset = min(bytes.count, offset + padded)
        return contents
    }

    /// Extended header records, each `LENGTH KEY=VALUE\n` (POSIX pax, "pax Extended Header").
    private mutating func readRecords(_ contents: ArraySlice<UInt8>) throws(BundleProblem) {
        var rest = contents
        while !rest.isEmpty {
            guard let space = rest.firstIndex(of: 0x20), let length = Int(Self.text(rest[..<space])),
                length > space - rest.startIndex + 1, length <= rest.count
            else { throw BundleProblem("an extended header of the archive is damaged") }
            let record = rest[(space + 1)..<(rest.startIndex + length)].dropLast()
            rest = rest.dropFirst(length)
            guard let mark = record.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let value = String(decoding: record[(mark + 1)...], as: UTF8.self)
            switch Self.text(record[..<mark]) {
            case "path": longPath = value
            case "size":
                guard let size = Int(value), size >= 0, size <= limits.fileSize else {
                    throw BundleProblem("a file is larger than \(limits.fileSize >> 20) MiB")
                }
                longSize = size
            default: break
            }
        }
    }

    // MARK: Fields

    private func field(_ header: ArraySlice<UInt8>, _ start: Int, _ count: Int) -> ArraySlice<UInt8> {
        header[(header.startIndex + start)..<(header.startIndex + start + count)]
    }

    private static func text(_ field: ArraySlice<UInt8>) -> String {
        String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// An octal number, or a binary one when the first bit is set, as GNU tar writes large ones.
    private static func number(_ field: ArraySlice<UInt8>) throws(BundleProblem) -> Int {
        if let first = field.first, first & 0x80 != 0 {
            var total = Int(first & 0x7F)
            for byte in field.dropFirst() {
                guard total < 1 << 48 else { throw BundleProblem("a size in the archive is out of range") }
                total = total << 8 | Int(byte)
            }
            return total
        }
        let digits = text(field).filter { $0 != " " }
        if digits.isEmpty { return 0 }
        guard let number = Int(digits, radix: 8), number >= 0 else {
            throw BundleProblem("a number in the archive is malformed")
        }
        return number
    }

    /// The sum of the header's bytes with its own field read as spaces.
    private static func hasValidChecksum(_ header: ArraySlice<UInt8>) -> Bool {
        let start = header.startIndex + 148, end = header.startIndex + 156
        guard let wanted = try? number(header[start..<end]) else { return false }
        var sum = 0, signed = 0
        for (index, byte) in zip(header.indices, header) {
            let byte = (start..<end).contains(index) ? 0x20 : byte
            sum += Int(byte)
            signed += Int(Int8(bitPattern: byte))
        }
        return wanted == sum || wanted == signed
    }
}
