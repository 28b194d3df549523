import Documents

extension Builtins {
    /// `sprintf(format, values)` with every verb and flag of Go's `fmt` package (OPA policy reference, "Strings").
    static let formatting: [Builtin] = [
        Builtin(
            "sprintf",
            help: "(format, values) The format with its verbs filled in: %s for strings, %d for integers, %v for anything.",
            .string, .anyArray, returns: .string
        ) { call in
            guard let format = call.stringOperand(0), let values = call.arrayOperand(1) else { return .undefined }
            var text = TextBuilder(call.context, capacity: format.count + 64)
            if PlainFormat.write(format.utf8, values.elements, to: &text) { return call.finish(text) }
            var formatter = GoFormat(format.utf8, values.elements, call.context)
            formatter.run()
            return call.finish(formatter.out)
        }
    ]
}
