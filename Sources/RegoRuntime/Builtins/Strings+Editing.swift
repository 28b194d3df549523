import Documents
import GoLibrary

extension Builtins {
    /// Joining, splitting, replacing and trimming.
    static let stringEditing: [Builtin] = [
        Builtin(
            "concat", help: "(separator, parts) The strings of an array or set joined, with the separator between them.", .string,
            .union([.array(of: .string), .set(of: .string)]), returns: .string
        ) {
            $0.concat()
        },
        Builtin(
            "split", help: "(text, separator) The parts of the text between separators.", .string, .string,
            returns: .array(of: .string)
        ) { call in
            guard let text = call.stringOperand(0), let separator = call.stringOperand(1) else { return .undefined }
            return call.split(text, separator.utf8)
        },
        Builtin(
            "strings.split_n", help: "(text, separator, count) The parts of the text between separators, at most count.", .string,
            .string, .number, returns: .array(of: .string)
        ) { call in
            guard let text = call.stringOperand(0), let separator = call.stringOperand(1),
                let limit = call.integer(2)
            else { return .undefined }
            let parts = call.split(text, separator.utf8)
            guard parts.kind == .array else { return parts }
            let kept = Int(min(limit.magnitude, UInt64(parts.count)))
            let elements = parts.elements
            return call.arena.array(UnsafeBufferPointer(rebasing: limit < 0 ? elements.suffix(kept) : elements[..<kept]))
        },
        Builtin(
            "replace", help: "(text, old, new) The text with every occurrence replaced.", .string, .string, .string,
            returns: .string
        ) { call in
            guard let text = call.stringOperand(0), let old = call.stringOperand(1), let new = call.stringOperand(2)
            else { return .undefined }
            return call.replace(text, [(old.utf8, new.utf8)])
        },
        Builtin(
            "strings.replace_n", help: "(pairs, text) The text with every key of an object replaced by its value.",
            .object(.string, .string), .string, returns: .string
        ) { call in
            guard let patterns = call.objectOperand(0) else { return .undefined }
            guard let text = call.stringOperand(1) else { return .undefined }
            var pairs: [(UTF8Bytes.Bytes, UTF8Bytes.Bytes)] = []
            for index in 0..<patterns.count {
                let (old, new) = (patterns.keys[index], patterns.values[index])
                guard old.kind == .string else {
                    return call.typeFailure("operand 1 non-string key found in pattern object")
                }
                guard new.kind == .string else {
                    return call.typeFailure("operand 1 non-string value found in pattern object")
                }
                pairs.append((old.utf8, new.utf8))
            }
            return call.replace(text, pairs)
        },
        Builtin(
            "trim", help: "(text, characters) The text without any of the characters at both ends.", .string, .string,
            returns: .string, work: .length(perKibibyte: 1024)
        ) { $0.trim(left: true, right: true) },
        Builtin(
            "trim_left", help: "(text, characters) The text without any of the characters at its start.", .string, .string,
            returns: .string, work: .length(perKibibyte: 1024)
        ) { $0.trim(left: true, right: false) },
        Builtin(
            "trim_right", help: "(text, characters) The text without any of the characters at its end.", .string, .string,
            returns: .string, work: .length(perKibibyte: 1024)
        ) { $0.trim(left: false, right: true) },
        Builtin(
            "trim_prefix", help: "(text, prefix) The text without the prefix, when it has it.", .string, .string, returns: .string
        ) { call in
            guard let text = call.stringOperand(0), let part = call.stringOperand(1) else { return .undefined }
            if part.count == 0 || !UTF8Bytes.hasPrefix(text.utf8, part.utf8) { return text }
            return UTF8Bytes.slice(text.utf8, part.count..<text.count)
        },
        Builtin(
            "trim_suffix", help: "(text, suffix) The text without the suffix, when it has it.", .string, .string, returns: .string
        ) { call in
            guard let text = call.stringOperand(0), let part = call.stringOperand(1) else { return .undefined }
            if part.count == 0 || !UTF8Bytes.hasSuffix(text.utf8, part.utf8) { return text }
            return UTF8Bytes.slice(text.utf8, 0..<(text.count - part.count))
        },
        Builtin(
            "trim_space", help: "(text) The text without white space at both ends.", .string, returns: .string,
            work: .length(perKibibyte: 1024)
        ) { call in
            guard let text = call.stringOperand(0) else { return .undefined }
            return call.trim(text, left: true, right: true) { $0.properties.isWhitespace }
        },
    ]
}

extension BuiltinCall {
    fileprivate mutating func concat() -> Value {
        guard let separator = stringOperand(0), let list = listOperand(1) else { return .undefined }
        var total = 0
        for element in list.elements {
            guard element.kind == .string else { return elementError(1, holds: element, wants: "string") }
            total += element.count + separator.count
        }
        if list.count < 2 { return list.elements.first ?? UTF8Bytes.empty }
        total -= separator.count
        guard context.hasRoom(for: total), total <= Int(Int32.max) else { return exceedsMemory() }
        guard context.spend(list.count &+ total >> 8) else { return stopped() }
        let target = arena.allocateText(total)
        var place = 0
        for (index, element) in list.elements.enumerated() {
            if index > 0, let bytes = separator.utf8.baseAddress {
                (target + place).update(from: bytes, count: separator.count)
                place += separator.count
            }
            if let bytes = element.utf8.baseAddress { (target + place).update(from: bytes, count: element.count) }
            place += element.count
        }
        return .string(target, count: total)
    }

    /// The parts between the separators, or all code points when the separator is empty.
    fileprivate mutating func split(_ text: Value, _ separator: UTF8Bytes.Bytes) -> Value {
        let bytes = text.utf8
        guard context.hasRoom(for: 32 * (separator.isEmpty ? bytes.count : 1)) else { return exceedsMemory() }
        if separator.isEmpty {
            var parts: [Value] = [], index = 0
            while index < bytes.count {
                let end = index + UTF8Bytes.width(bytes, at: index)
                parts.append(UTF8Bytes.slice(bytes, index..<end))
                index = end
            }
            return array(parts)
        }
        // A few parts, which is what most texts have, are put together on the stack.
        return withUnsafeTemporaryAllocation(of: Value.self, capacity: 16) { room in
            var start = 0, count = 0
            while count < 15, case let place = UTF8Bytes.find(separator, in: bytes, from: start), place >= 0 {
                room.initializeElement(at: count, to: UTF8Bytes.slice(bytes, start..<place))
                count &+= 1
                start = place &+ separator.count
            }
            guard context.spend(2 &* count) else { return stopped() }
            if count == 15 { return split(bytes, separator, Array(room[..<count]), from: start) }
            room.initializeElement(at: count, to: start == 0 ? text : UTF8Bytes.slice(bytes, start..<bytes.count))
            return arena.array(UnsafeBufferPointer(rebasing: room[...count]))
        }
    }

    /// The parts so far and those behind `start`.
    private mutating func split(
        _ bytes: UTF8Bytes.Bytes, _ separator: UTF8Bytes.Bytes, _ first: [Value], from start: Int
    ) -> Value {
        var parts = first, start = start
        while case let place = UTF8Bytes.find(separator, in: bytes, from: start), place >= 0 {
            parts.append(UTF8Bytes.slice(bytes, start..<place))
            guard context.spend(2) else { return stopped() }
            guard context.hasRoom(for: parts.count * 32) else { return exceedsMemory() }
            start = place + separator.count
        }
        parts.append(UTF8Bytes.slice(bytes, start..<bytes.count))
        return array(parts)
    }

    /// The text with each occurrence of an old string replaced, found from left to right without overlaps; where
    /// several match at one place the first of `pairs` is taken. An empty old string matches at every byte,
    /// as in Go's replacer, also inside of characters.
    fileprivate mutating func replace(_ text: Value, _ pairs: [(old: UTF8Bytes.Bytes, new: UTF8Bytes.Bytes)]) -> Value {
        let bytes = text.utf8
        if pairs.isEmpty { return text }
        if pairs.count == 1, !pairs[0].old.isEmpty { return replace(text, pairs[0].old, pairs[0].new) }
        let empty = pairs.first { $0.old.isEmpty }
        guard context.spend(pairs.count &* 10) else { return stopped() }
        var filled = [[(old: UTF8Bytes.Bytes, new: UTF8Bytes.Bytes)]](repeating: [], count: 256)
        // What a place of the text costs that begins with a byte: a look at each candidate.
        var costs = [Int](repeating: 1, count: 256)
        for pair in pairs where !pair.old.isEmpty {
            filled[Int(pair.old[0])].append(pair)
            costs[Int(pair.old[0])] += 1 + pair.old.count >> 9
        }
        var result = TextBuilder(context, capacity: bytes.count + 16)
        var index = 0
        while index <= bytes.count {
            if let empty { result.append(empty.new) }
            guard !result.isOverLimit else { break }
            guard context.spend(index < bytes.count ? costs[Int(bytes[index])] : 1) else { return stopped() }
            let candidates = index < bytes.count ? filled[Int(bytes[index])] : []
            let match = candidates.first {
                bytes.count - index >= $0.old.count && UTF8Bytes.equal(bytes, at: index, $0.old)
            }
            if let match {
                result.append(match.new)
                index += match.old.count
                continue
            }
            guard index < bytes.count else { break }
            result.append(UnsafeBufferPointer(rebasing: bytes[index...index]))
            index += 1
        }
        return finish(result)
    }

    private mutating func replace(_ text: Value, _ old: UTF8Bytes.Bytes, _ new: UTF8Bytes.Bytes) -> Value {
        let bytes = text.utf8
        var place = UTF8Bytes.find(old, in: bytes)
        if place < 0 { return text }
        var result = TextBuilder(context, capacity: bytes.count + new.count)
        var start = 0
        while place >= 0 {
            guard context.spend(2 &+ new.count >> 8) else { return stopped() }
            result.append(UnsafeBufferPointer(rebasing: bytes[start..<place]))
            result.append(new)
            guard !result.isOverLimit else { return exceedsMemory() }
            start = place + old.count
            place = UTF8Bytes.find(old, in: bytes, from: start)
        }
        result.append(UnsafeBufferPointer(rebasing: bytes[start...]))
        return finish(result)
    }

    fileprivate mutating func trim(left: Bool, right: Bool) -> Value {
        guard let text = stringOperand(0), let cutset = stringOperand(1) else { return .undefined }
        if let set = ASCIISet(cutset.utf8) { return trimASCII(text, left: left, right: right, set) }
        var scalars: [Unicode.Scalar] = []
        var index = 0
        while index < cutset.count { scalars.append(UTF8Bytes.scalar(cutset.utf8, at: &index)) }
        let isCut = scalars.count <= 8 ? scalars.contains : Set(scalars).contains
        return trim(text, left: left, right: right, isCut)
    }

    private func trimASCII(_ text: Value, left: Bool, right: Bool, _ set: ASCIISet) -> Value {
        let bytes = text.utf8
        var (start, end) = (0, bytes.count)
        while left, start < end, set.contains(bytes[start]) { start += 1 }
        while right, end > start, set.contains(bytes[end - 1]) { end -= 1 }
        return start == 0 && end == bytes.count ? text : UTF8Bytes.slice(bytes, start..<end)
    }

    fileprivate func trim(_ text: Value, left: Bool, right: Bool, _ isCut: (Unicode.Scalar) -> Bool) -> Value {
        let bytes = text.utf8
        var (start, end) = (0, bytes.count)
        while left, start < end {
            var next = start
            guard isCut(UTF8Bytes.scalar(bytes, at: &next)) else { break }
            start = next
        }
        while right, end > start {
            var next = end
            guard isCut(UTF8Bytes.scalar(bytes, before: &next)) else { break }
            end = next
        }
        return start == 0 && end == bytes.count ? text : UTF8Bytes.slice(bytes, start..<end)
    }
}
