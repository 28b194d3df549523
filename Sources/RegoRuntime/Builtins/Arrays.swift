import Documents

extension Builtins {
    /// Array functions (OPA policy reference, "Arrays").
    static let arrays: [Builtin] = [
        Builtin(
            "array.concat", help: "(x, y) The elements of the first array, then those of the second.", .anyArray, .anyArray,
            returns: .anyArray
        ) { call in
            guard let left = call.arrayOperand(0), let right = call.arrayOperand(1) else { return .undefined }
            let total = left.count + right.count
            guard call.context.hasRoom(for: total * 16) else { return call.exceedsMemory() }
            return withUnsafeTemporaryAllocation(of: Value.self, capacity: total) { buffer in
                let middle = buffer.initialize(fromContentsOf: left.elements)
                _ = UnsafeMutableBufferPointer(rebasing: buffer[middle...]).initialize(fromContentsOf: right.elements)
                return call.arena.array(UnsafeBufferPointer(buffer))
            }
        },
        Builtin(
            "array.slice",
            help: "(values, start, stop) The elements from start up to, not including, stop; both are cut to the array.",
            .anyArray, .number, .number, returns: .anyArray
        ) { call in
            guard let array = call.arrayOperand(0), let from = call.integer(1), let to = call.integer(2) else {
                return .undefined
            }
            let end = max(0, min(Int(clamping: to), array.count))
            let start = max(0, min(Int(clamping: from), end))
            return call.arena.array(UnsafeBufferPointer(rebasing: array.elements[start..<end]))
        },
        Builtin("array.reverse", help: "(values) The array from its end to its start.", .anyArray, returns: .anyArray) { call in
            guard let array = call.arrayOperand(0) else { return .undefined }
            return call.array(array.elements.reversed())
        },
        Builtin(
            "array.flatten", help: "(values) The array with the elements of inner arrays in their place, one level deep.",
            .anyArray, returns: .anyArray
        ) { call in
            guard let array = call.arrayOperand(0) else { return .undefined }
            let total = array.elements.reduce(0) { $0 &+ ($1.kind == .array ? $1.count : 1) }
            guard call.context.hasRoom(for: total &* 32) else { return call.exceedsMemory() }
            guard call.context.spend(total) else { return call.stopped() }
            var elements: [Value] = []
            elements.reserveCapacity(total)
            for element in array.elements {
                if element.kind == .array { elements += element.elements } else { elements.append(element) }
            }
            return call.array(elements)
        },
    ]
}
