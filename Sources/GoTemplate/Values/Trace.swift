/// A place in one of the files of a run: the file's number and a byte offset.
package struct TextPlace: Hashable, Sendable {
    package var file: Int32
    package var offset: Int32

    package init(file: Int32, offset: Int32) { (self.file, self.offset) = (file, offset) }
}

/// A piece of text with one origin; it ends where the next one starts.
package struct TraceSegment: Sendable {
    /// Offset of its first byte in the text.
    package var start: Int
    package var place: TextPlace
    /// Whether the bytes stand in the file one by one from `place` on.
    package var isVerbatim = false
    /// Whether the place is that of a value, not of a template.
    package var isValue = false
    /// The action of the template that wrote a value.
    package var via: TextPlace?

    package init(
        start: Int, place: TextPlace, isVerbatim: Bool = false, isValue: Bool = false, via: TextPlace? = nil
    ) {
        (self.start, self.place, self.isVerbatim, self.isValue, self.via) = (start, place, isVerbatim, isValue, via)
    }
}

/// Where the bytes of a text come from.
package final class Trace: Sendable {
    package let segments: [TraceSegment]

    package init(_ segments: [TraceSegment]) { self.segments = segments }

    /// The trace of a value that stands at one place.
    package convenience init(value place: TextPlace) {
        self.init([TraceSegment(start: 0, place: place, isValue: true)])
    }

    /// The segments of part of the text, counted from the part's start.
    package func slice(_ range: Range<Int>) -> [TraceSegment] {
        var part: [TraceSegment] = []
        for index in (range.isEmpty ? 0 : first(reaching: range.lowerBound))..<segments.count {
            let segment = segments[index]
            if !range.isEmpty, segment.start >= range.upperBound { break }
            let end = index + 1 < segments.count ? segments[index + 1].start : Int.max
            if end <= range.lowerBound || segment.start >= range.upperBound, !(range.isEmpty && part.isEmpty) {
                continue
            }
            var piece = segment
            if segment.start < range.lowerBound, segment.isVerbatim {
                piece.place.offset += Int32(range.lowerBound - segment.start)
            }
            piece.start = max(0, segment.start - range.lowerBound)
            part.append(piece)
        }
        return part
    }

    /// The number of the segment that an offset is in: the last that does not begin after it.
    private func first(reaching offset: Int) -> Int {
        var low = 0, high = segments.count
        while low < high {
            let middle = (low + high) / 2
            if segments[middle].start <= offset { low = middle + 1 } else { high = middle }
        }
        return max(0, low - 1)
    }
}
