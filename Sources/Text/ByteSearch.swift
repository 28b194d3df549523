#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Finds bytes in bytes, in time that grows with the sum of both lengths.
package enum ByteSearch {
    /// Where `part` stands first in `text` at or after an offset; nil when it does not, and for an empty part.
    package static func first(
        _ part: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>, from start: Int = 0
    ) -> Range<Int>? {
        guard let head = part.first, let base = text.baseAddress, start >= 0 else { return nil }
        // Looks at places that begin right; of texts made to begin right everywhere no byte is looked at so often.
        var (place, patience) = (start, 4 * (text.count - start) + 1024)
        while text.count - place >= part.count {
            guard let found = memchr(base + place, Int32(head), text.count - place - part.count + 1) else { return nil }
            place = UnsafeRawPointer(found) - UnsafeRawPointer(base)
            var length = 1
            while length < part.count, text[place + length] == part[length] { length += 1 }
            if length == part.count { return place..<place + length }
            patience -= length
            if patience < 0 { return firstByTable(part, in: text, from: place) }
            place += 1
        }
        return nil
    }

    /// The search of Knuth, Morris and Pratt: `borders` holds how much of the part is matched still when its next byte is
    /// not what follows.
    private static func firstByTable(
        _ part: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>, from start: Int
    ) -> Range<Int>? {
        var borders = [Int](repeating: 0, count: part.count), length = 0
        for index in part.indices.dropFirst() {
            while length > 0, part[index] != part[length] { length = borders[length - 1] }
            if part[index] == part[length] { length += 1 }
            borders[index] = length
        }
        length = 0
        for index in start..<text.count {
            while length > 0, text[index] != part[length] { length = borders[length - 1] }
            if text[index] == part[length] { length += 1 }
            if length == part.count { return index + 1 - length..<index + 1 }
        }
        return nil
    }

    /// The same in arrays of bytes.
    package static func first(_ part: [UInt8], in text: [UInt8], from start: Int = 0) -> Range<Int>? {
        part.withUnsafeBufferPointer { part in text.withUnsafeBufferPointer { first(part, in: $0, from: start) } }
    }

    /// The same in a part of an array; offsets are those of the array.
    package static func first(_ part: [UInt8], in text: ArraySlice<UInt8>) -> Range<Int>? {
        let found = part.withUnsafeBufferPointer { part in text.withUnsafeBufferPointer { first(part, in: $0) } }
        return found.map { text.startIndex + $0.lowerBound..<text.startIndex + $0.upperBound }
    }

    /// Where a short part stands last in a part of an array.
    package static func last(_ part: [UInt8], in text: ArraySlice<UInt8>) -> Range<Int>? {
        guard !part.isEmpty, text.count >= part.count else { return nil }
        for start in (text.startIndex...text.endIndex - part.count).reversed()
        where text[start] == part[0] && text[start..<start + part.count].elementsEqual(part) {
            return start..<start + part.count
        }
        return nil
    }
}
