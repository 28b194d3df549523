import Inputs
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Hands out what files hold to workers in parts: a large file is read by one of them and judged by all.
final class FileWork: Sendable {
    /// Some resources of a file.
    struct Part: Sendable {
        /// The number of the file.
        let index: Int
        /// The part's number in the file; the first one has what else the file holds.
        let number: Int
        let contents: ResourceReader.Contents

        /// Where the part comes when a single thread judges all of them.
        var position: Int { index << 24 | number }
    }

    private struct State {
        var waiting: [Part] = []
        /// Workers that are reading a file, which may give further parts.
        var readers = 0
        /// Parts that are left of files with several.
        var left: [Int: Int] = [:]
    }

    /// Resources of a part.
    private static let size = 256
    /// Microseconds until a worker without work looks again.
    private static let pause: UInt32 = 200

    private let queue: FileQueue
    private let state = Mutex(State())

    init(_ queue: FileQueue) { self.queue = queue }

    /// Reads the first file.
    /// - Returns: how many workers can have something to do.
    func begin() -> Int {
        guard let part = next() else { return 1 }
        return state.withLock { state in
            state.waiting.append(part)
            return state.waiting.count + queue.count - 1
        }
    }

    /// The next part that no worker has; nil when there is none left and none will come.
    func next() -> Part? {
        while true {
            let known = state.withLock { state -> Part? in
                if let part = state.waiting.popLast() { return part }
                state.readers += 1
                return nil
            }
            if let known { return known }
            if let (index, contents) = queue.next() {
                let parts = Self.parts(of: contents, index)
                return state.withLock { state in
                    state.readers -= 1
                    if parts.count > 1 {
                        state.left[index] = parts.count
                        state.waiting += parts.dropFirst().reversed()
                    }
                    return parts[0]
                }
            }
            let isOver = state.withLock { state in
                state.readers -= 1
                return state.readers == 0 && state.waiting.isEmpty
            }
            if isOver { return nil }
            usleep(Self.pause)
        }
    }

    /// Notes that a part is judged; true when it was the last one of its file.
    func finish(_ part: Part) -> Bool {
        state.withLock { state in
            guard let left = state.left[part.index] else { return true }
            state.left[part.index] = left - 1
            return left == 1
        }
    }

    private static func parts(of contents: ResourceReader.Contents, _ index: Int) -> [Part] {
        let count = contents.resources.count
        if count <= size { return [Part(index: index, number: 0, contents: contents)] }
        return stride(from: 0, to: count, by: size).enumerated().map { number, start in
            var part = number == 0 ? contents : ResourceReader.Contents()
            part.resources = Array(contents.resources[start..<min(start + size, count)])
            return Part(index: index, number: number, contents: part)
        }
    }
}
