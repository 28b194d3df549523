import Documents

extension Builtins {
    /// What the compiler rewrites `print`, template strings and test cases to, and `trace`.
    static let internals: [Builtin] = [
        Builtin(
            "print", help: "(…) Writes its arguments to the output pane; undefined ones are shown as such.", variadic: .any,
            returns: nil
        ) { call in
            var line = TextBuilder(call.context)
            for (index, operand) in call.operands.enumerated() {
                if index > 0 { line.append(UInt8(ascii: " ")) }
                TermText.writePlain(operand, to: &line)
            }
            guard !line.isOverLimit, call.context.hold(line.count) else { return call.exceedsMemory() }
            call.context.output.append(line.value.string)
            return .true
        },
        Builtin("internal.print", help: "(parts) Writes to the output; written print(…).", .array(of: .anySet), returns: nil) {
            call in
            guard let parts = call.arrayOperand(0) else { return .undefined }
            let context = call.context
            let isDone = call.eachCombination(parts, separator: " ") { line in
                guard context.output.count < BuiltinCall.maximumLines, context.hold(line.count) else { return false }
                context.output.append(line.value.string)
                return true
            }
            return isDone ? .true : .undefined
        },
        Builtin(
            "internal.template_string", help: "(parts) The text of a template string; written $\"…\".", .anyArray,
            returns: .string
        ) { call in
            guard let parts = call.arrayOperand(0) else { return .undefined }
            var result = Value.undefined
            var count = 0
            let isDone = call.eachCombination(parts, separator: "") { text in
                count += 1
                result = text.value
                return count < 2
            }
            if count > 1 {
                call.failure = BuiltinFailure(
                    kind: .conflict, message: "template-strings must not produce multiple outputs")
            }
            return isDone && count == 1 ? result : .undefined
        },
        Builtin("internal.test_case", help: "(values) Names the case of a table of tests.", .anyArray, returns: nil) { call in
            guard let names = call.arrayOperand(0) else { return .undefined }
            guard call.mayWrite(names) else { return .undefined }
            guard call.context.hold(names.writtenSize(upTo: call.context.memoryLimit)) else { return call.exceedsMemory() }
            if call.context.testCases.count < BuiltinCall.maximumLines {
                call.context.testCases.append(
                    names.elements.map { $0.kind == .string ? $0.string : JSONWriter.string($0) })
            }
            return .true
        },
        Builtin("trace", help: "(note) Adds a note to the trace.", .string, returns: .boolean) { call in
            guard let note = call.text(0) else { return .undefined }
            guard call.context.hold(note.utf8.count) else { return call.exceedsMemory() }
            call.context.notes.append(note)
            return .true
        },
    ]
}

extension BuiltinCall {
    /// The most lines one evaluation may print, and the most test cases it may name.
    fileprivate static let maximumLines = 100_000

    /// Joins one choice from each part: scalars stand for themselves, sets offer their elements, an empty set is
    /// `<undefined>`. Stops with false when `each` returns false or a part is of another type.
    fileprivate mutating func eachCombination(
        _ parts: Value, separator: String, each: (TextBuilder) -> Bool
    ) -> Bool {
        for part in parts.elements where part.kind == .array || part.kind == .object {
            failure = BuiltinFailure(kind: .halt, message: "illegal argument type: \(part.typeName)")
            return false
        }
        var choices = [Int](repeating: 0, count: parts.count)
        while true {
            guard context.spend(10 &+ parts.count) else {
                _ = stopped()
                return false
            }
            var text = TextBuilder(context)
            for (index, part) in parts.elements.enumerated() {
                if index > 0 { text.append(separator) }
                if part.kind != .set {
                    TermText.writePlain(part, to: &text)
                } else if part.count == 0 {
                    text.append("<undefined>")
                } else {
                    TermText.writePlain(part.elements[choices[index]], to: &text)
                }
            }
            if text.isOverLimit {
                _ = exceedsMemory()
                return false
            }
            if !each(text) { return false }
            var place = parts.count - 1
            while place >= 0 {
                choices[place] += 1
                if parts.elements[place].kind == .set, choices[place] < parts.elements[place].count { break }
                choices[place] = 0
                place -= 1
            }
            if place < 0 { return true }
        }
    }
}
