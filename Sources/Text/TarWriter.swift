/// Writes archives of regular files in the POSIX tar format (ustar, IEEE Std 1003.1): equal files give equal bytes. A name
/// of more than 100 bytes stands in an extended header (pax) before its file.
package struct TarWriter {
    private var output: [UInt8] = []
    private let mode: Int

    private static let blockSize = 512
    private static let nameSize = 100

    /// - Parameter mode: the permissions of the files.
    package init(mode: Int = 0o644) { self.mode = mode }

    /// Adds a file; `name` is its path, as it stands in the archive.
    package mutating func add(_ name: some Collection<UInt8>, _ contents: [UInt8]) {
        let name = Array(name)
        if name.count > Self.nameSize {
            let record = Self.extendedRecord("path", name)
            append(header(Array("PaxHeader".utf8), record.count, type: "x"), record)
        }
        append(header(Array(name.prefix(Self.nameSize)), contents.count, type: "0"), contents)
    }

    /// The archive with its end mark.
    package func finished() -> [UInt8] { output + [UInt8](repeating: 0, count: 2 * Self.blockSize) }

    private mutating func append(_ header: [UInt8], _ contents: [UInt8]) {
        output += header
        output += contents
        output += [UInt8](repeating: 0, count: (Self.blockSize - contents.count % Self.blockSize) % Self.blockSize)
    }

    /// `LENGTH KEY=VALUE\n`, where the length counts its own digits.
    private static func extendedRecord(_ key: String, _ value: [UInt8]) -> [UInt8] {
        let rest = Array(" \(key)=".utf8) + value + [0x0A]
        var length = rest.count + 1
        while String(length).utf8.count + rest.count != length { length += 1 }
        return Array(String(length).utf8) + rest
    }

    private func header(_ name: [UInt8], _ size: Int, type: String) -> [UInt8] {
        var header = [UInt8](repeating: 0, count: Self.blockSize)
        func put(_ text: some Collection<UInt8>, at start: Int) {
            header.replaceSubrange(start..<(start + text.count), with: text)
        }
        func octal(_ number: Int, _ width: Int) -> String.UTF8View {
            let digits = String(number, radix: 8)
            return (String(repeating: "0", count: max(0, width - digits.count)) + digits).utf8
        }
        put(name, at: 0)
        put(octal(mode, 7), at: 100)
        put(octal(0, 7), at: 108)
        put(octal(0, 7), at: 116)
        put(octal(size, 11), at: 124)
        put(octal(0, 11), at: 136)
        put("        ".utf8, at: 148)
        put(type.utf8, at: 156)
        put("ustar\0".utf8, at: 257)
        put("00".utf8, at: 263)
        put(octal(header.reduce(0) { $0 + Int($1) }, 6), at: 148)
        put([0, 0x20], at: 154)
        return header
    }
}
