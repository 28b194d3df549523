package import Diagnostics

/// The files that a build read, by number; an `Origin` points into one of them.
package final class BuildSources {
    /// File 0 stands for "no file".
    package private(set) var files: [SourceFile] = []
    /// Bytes of all files.
    private(set) var size = 0

    package init() {}

    /// Adds a file and gives its number.
    func add(_ file: SourceFile) -> UInt32 {
        files.append(file)
        size += file.bytes.count
        return UInt32(files.count)
    }

    /// The number of a file, which is added when it is new.
    func number(of file: SourceFile) -> UInt32 {
        if let index = files.lastIndex(where: { $0 === file }) { return UInt32(index + 1) }
        return add(file)
    }

    /// The file of an origin.
    package subscript(_ number: UInt32) -> SourceFile? {
        number == 0 || Int(number) > files.count ? nil : files[Int(number) - 1]
    }

    /// The text range of an origin; nil when no text made the value.
    package func range(_ origin: Origin) -> SourceRange? {
        self[origin.file].map { SourceRange(file: $0, start: origin.start, end: origin.end) }
    }
}
