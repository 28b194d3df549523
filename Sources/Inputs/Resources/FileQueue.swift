import Diagnostics
import Documents
import Synchronization

/// Hands files out to workers in order, each once, and after them what builds made.
package final class FileQueue: Sendable {
    package let files: [InputFile]
    private let rendered: [ResourceReader.Contents]
    private let reader: ResourceReader
    private let position = Atomic<Int>(0)
    private let early = Mutex<[ResourceReader.Contents]>([])

    /// Files that are read before compiling.
    private static let readAheadFiles = 16
    private static let readAheadBytes = 256 << 10

    package init(files: [InputFile], rendered: [ResourceReader.Contents] = [], reader: ResourceReader) {
        self.files = files
        self.rendered = rendered
        self.reader = reader
    }

    /// How often `next` has something.
    package var count: Int { files.count + rendered.count }

    /// Reads the first files; their contents when these are all.
    package func readAhead() -> [ResourceReader.Contents]? {
        if count > Self.readAheadFiles { return nil }
        var contents: [ResourceReader.Contents] = []
        var size = 0
        for file in files {
            if size > Self.readAheadBytes { break }
            let next = reader.read(file)
            size += next.resources.first?.document.source?.bytes.count ?? 0
            contents.append(next)
        }
        if contents.count == files.count { return contents + rendered }
        early.withLock { [contents] in $0 = contents }
        return nil
    }

    /// The next file that no worker has, with its number.
    package func next() -> (index: Int, contents: ResourceReader.Contents)? {
        let index = position.add(1, ordering: .relaxed).oldValue
        guard index < files.count else {
            return index < count ? (index, rendered[index - files.count]) : nil
        }
        let known: ResourceReader.Contents? = early.withLock { early in
            guard index < early.count else { return nil }
            defer { early[index] = ResourceReader.Contents() }
            return early[index]
        }
        return (index, known ?? reader.read(files[index]))
    }
}
