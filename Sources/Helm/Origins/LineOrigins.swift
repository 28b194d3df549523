package import Diagnostics
import GoTemplate

extension ChartRelease {
    /// A text that a line of a rendered object comes from.
    package struct LineOrigin: Sendable, Hashable {
        package var range: SourceRange
        package var role: ValueOrigin.Role
    }

    /// Origins that are kept of one line.
    private static let mostOrigins = 24

    /// The files of the rendering by number, as sources of a map.
    /// - Throws: `SourceMap.Exhausted` when they do not fit the map.
    package func files(in map: SourceMap) throws(SourceMap.Exhausted) -> [SourceFile] {
        var files: [SourceFile] = []
        for source in sources.sources { files.append(try map.source(path: source.path, bytes: source.bytes)) }
        return files
    }

    /// For each line of an object's text what it comes from: first values, then texts of templates, last the actions that
    /// wrote the values. Lines of an object whose text was not followed have nothing.
    /// - Parameter files: those of `files(in:)`.
    package func lines(of manifest: RenderedManifest, _ files: [SourceFile]) -> [[LineOrigin]] {
        let bytes = manifest.bytes
        var ranges: [Range<Int>] = [], start = 0
        for (offset, byte) in bytes.enumerated() where byte == 0x0A {
            ranges.append(start..<offset)
            start = offset + 1
        }
        if start < bytes.count { ranges.append(start..<bytes.count) }
        guard let segments = manifest.trace?.segments else { return ranges.map { _ in [] } }
        var first = 0
        return ranges.map { line in
            while first + 1 < segments.count, segments[first + 1].start <= line.lowerBound { first += 1 }
            var found: [LineOrigin] = []
            for index in first..<segments.count {
                let segment = segments[index]
                if segment.start >= line.upperBound || found.count >= Self.mostOrigins { break }
                let end = index + 1 < segments.count ? segments[index + 1].start : bytes.count
                add(segment, max(segment.start, line.lowerBound)..<min(end, line.upperBound), bytes, files, to: &found)
            }
            return Self.ordered(found)
        }
    }

    /// What comes first is what is most likely to be changed.
    private static func ordered(_ found: [LineOrigin]) -> [LineOrigin] {
        let roles: [ValueOrigin.Role] = [.value, .template, .action]
        return roles.flatMap { role in found.filter { $0.role == role } }
    }

    private func add(
        _ segment: TraceSegment, _ range: Range<Int>, _ bytes: [UInt8], _ files: [SourceFile], to found: inout [LineOrigin]
    ) {
        guard let first = bytes[range].firstIndex(where: { $0 > 0x20 }) else { return }
        let range = first..<range.upperBound
        var place = segment.place
        if segment.isVerbatim { place.offset += Int32(clamping: range.lowerBound - segment.start) }
        let own = self.range(place, length: segment.isVerbatim ? range.count : nil, files)
        let via = segment.via.flatMap { self.range($0, length: nil, files) }
        for (range, role) in [(own, segment.isValue ? ValueOrigin.Role.value : .template), (via, .action)] {
            guard let range else { continue }
            let origin = LineOrigin(range: range, role: role)
            if !found.contains(origin) { found.append(origin) }
        }
    }

    /// The range at a place: as long as what was written, or to the end of its line.
    private func range(_ place: TextPlace, length: Int?, _ files: [SourceFile]) -> SourceRange? {
        guard files.indices.contains(Int(place.file)), sources[place.file]?.isFlag == false else { return nil }
        let file = files[Int(place.file)]
        let start = min(max(0, Int(place.offset)), file.bytes.count)
        let line = file.bytes[start...].firstIndex(of: 0x0A) ?? file.bytes.count
        let end = length.map { min(start + $0, line) } ?? line
        return SourceRange(file: file, start: UInt32(start), end: UInt32(max(start, end)))
    }
}
