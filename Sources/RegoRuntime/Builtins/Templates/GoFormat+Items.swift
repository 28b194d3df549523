import Documents

extension GoFormat {
    /// Formats with the arguments of a template's `printf`.
    static func text(_ format: UTF8Bytes.Bytes, _ items: [TemplateItem], _ context: EvaluationContext) -> TextBuilder {
        items.indices.map { Value.node($0) }.withUnsafeBufferPointer { places in
            var formatter = GoFormat(format, places, context, items: items)
            formatter.run()
            return formatter.out
        }
    }

    mutating func writeItem(_ item: TemplateItem, _ verb: Unicode.Scalar) {
        switch item.content {
        case .missing, .null: writeNil(verb)
        case .integer(let number):
            if "vdboOxXcqU".unicodeScalars.contains(verb) { return writeInteger(Int64(number), verb) }
            reportBadVerb(verb, .item(item))
        case .float(let number): writeFloat(number, verb)
        case .value(let value): writeMember(value, verb)
        }
    }

    private mutating func writeNil(_ verb: Unicode.Scalar) {
        if verb == "v" { return writeWord("<nil>") }
        out.append("%!")
        out.append(verb)
        out.append("(<nil>)")
    }

    /// A word that only the width applies to.
    private mutating func writeWord(_ word: StaticString) {
        let mark = out.count
        out.append(word)
        pad(since: mark, withZeros: flags.zero)
    }

    private mutating func writeMember(_ value: Value, _ verb: Unicode.Scalar) {
        switch value.kind {
        case .bool:
            if verb == "v" || verb == "t" { return writeWord(value.isTrue ? "true" : "false") }
            reportBadVerb(verb, .item(TemplateItem(content: .value(value))))
        case .string: writeString(value.utf8, verb)
        case .array, .set, .object: writeCollection(value, verb)
        case .null, .undefined, .node: out.append("<nil>")
        case .int, .decimal:
            guard "vsqxX".unicodeScalars.contains(verb) else {
                return reportBadVerb(verb, .item(TemplateItem(content: .value(value))))
            }
            var text = RegoTermWriter.string(value)
            text.withUTF8 { writeString($0, verb) }
        }
    }

    /// `[a b]` and `map[k:v]`, with `#` as Go source; the verb, width and precision are those of each element.
    private mutating func writeCollection(_ value: Value, _ verb: Unicode.Scalar) {
        if verb == "w" { return reportBadVerb(verb, .item(TemplateItem(content: .value(value)))) }
        let isMap = value.kind == .object, isSource = verb == "v" && flags.sharpV
        if isSource {
            out.append(TemplateItem(content: .value(value)).typeName() + "{")
        } else {
            out.append(isMap ? "map[" : "[")
        }
        for index in 0..<value.count {
            if index > 0 { out.append(isSource ? ", " : " ") }
            if isMap {
                writeMember(value.keys[index], verb)
                out.append(UInt8(ascii: ":"))
            }
            let element = isMap ? value.values[index] : value.elements[index]
            if isSource, element.kind == .null { out.append("interface {}(nil)") } else { writeMember(element, verb) }
        }
        out.append(UInt8(ascii: isSource ? "}" : "]"))
    }
}
