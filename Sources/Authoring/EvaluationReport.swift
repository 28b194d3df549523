package import Diagnostics
import Documents
package import Rego

/// Answers as `opa eval --format json` and its other formats write them.
package struct EvaluationReport {
    package enum Format: String, Sendable, CaseIterable { case json, values, bindings, pretty, raw, source, discard }

    private let arena: Document

    package init() { arena = Document { _ in .null } }

    /// The solutions of a query.
    /// - Parameters:
    ///   - builtinErrors: errors to list beside the answer, in JSON.
    ///   - metrics: figures to list beside the answer, in JSON.
    ///   - prettyLimit: after how many letters values in tables are cut; 0 for never.
    package func text(
        _ rows: [Evaluator.Row], query: String, format: Format, builtinErrors: [Diagnostic] = [],
        metrics: [(name: String, value: Int64)] = [], prettyLimit: Int = 0
    ) -> String {
        switch format {
        case .discard: return ""
        case .json:
            let arena = self.arena.arena, answer = json(rows, query)
            var members = zip(answer.keys, answer.values).map { ObjectEntry(key: $0, value: $1) }
            if !builtinErrors.isEmpty {
                members.append(ObjectEntry(key: arena.string("errors"), value: list(builtinErrors)))
            }
            if !metrics.isEmpty {
                let figures = arena.object(metrics.map { ObjectEntry(key: arena.string($0.name), value: .int($0.value)) })
                members.append(ObjectEntry(key: arena.string("metrics"), value: figures))
            }
            return JSONWriter.string(arena.object(members), style: .pretty) + "\n"
        case .values:
            return rows.map { row in
                JSONWriter.string(arena.arena.array(row.expressions.map(\.value)), style: .pretty) + "\n"
            }.joined()
        case .bindings:
            return rows.map { JSONWriter.string(bindings($0), style: .pretty) + "\n" }.joined()
        case .raw:
            return rows.map { row in
                row.expressions.map { $0.value.kind == .string ? $0.value.string : JSONWriter.string($0.value) }
                    .joined(separator: " ") + "\n"
            }.joined()
        case .source:
            return rows.map { row in
                row.expressions.map { RegoTermWriter.string($0.value) }.joined(separator: "\n") + "\n"
            }.joined()
        case .pretty: return pretty(rows, prettyLimit)
        }
    }

    private func bindings(_ row: Evaluator.Row) -> Value {
        arena.arena.object(row.bindings.map { ObjectEntry(key: arena.arena.string($0.name), value: $0.value) })
    }

    private func json(_ rows: [Evaluator.Row], _ query: String) -> Value {
        let arena = self.arena.arena
        if rows.isEmpty { return arena.object([ObjectEntry]()) }
        let file = SourceFile(path: "", text: query)
        let results = rows.map { row in
            var from = query.startIndex
            let expressions = row.expressions.map { expression -> Value in
                let range = query.range(of: expression.text, from: from)
                if let range { from = range.upperBound }
                let offset = query.utf8.distance(from: query.startIndex, to: range?.lowerBound ?? query.startIndex)
                let place = file.position(at: offset)
                return arena.object([
                    "value": expression.value, "text": arena.string(expression.text),
                    "location": arena.object(["row": .int(Int64(place.line)), "col": .int(Int64(place.column))]),
                ])
            }
            var entries = [ObjectEntry(key: arena.string("expressions"), value: arena.array(expressions))]
            if !row.bindings.isEmpty { entries.append(ObjectEntry(key: arena.string("bindings"), value: bindings(row))) }
            return arena.object(entries)
        }
        return arena.object(["result": arena.array(results)])
    }

    private func pretty(_ rows: [Evaluator.Row], _ limit: Int) -> String {
        guard let first = rows.first else { return "undefined\n" }
        let isOne = first.expressions.count == 1 || first.expressions.allSatisfy { $0.value.kind == .bool }
        if first.bindings.isEmpty, rows.count == 1, isOne, !first.expressions.isEmpty {
            return JSONWriter.string(first.expressions[0].value, style: .pretty) + "\n"
        }
        let columns = first.bindings.map(\.name) + (first.bindings.isEmpty ? first.expressions.map(\.text) : [])
        let cells = rows.map { row in
            (row.bindings.isEmpty ? row.expressions.map(\.value) : row.bindings.map(\.value)).map { value in
                let text = JSONWriter.string(value)
                return limit > 0 && text.count > limit ? text.prefix(limit) + "..." : text
            }
        }
        let widths = columns.indices.map { index in
            ([columns[index]] + cells.map { $0[index] }).map(\.count).max() ?? 0
        }
        func line(_ parts: [String]) -> String {
            "| " + zip(parts, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: " | ") + " |\n"
        }
        let rule = "+" + widths.map { String(repeating: "-", count: $0 + 2) }.joined(separator: "+") + "+\n"
        return rule + line(columns) + rule + cells.map(line).joined() + rule
    }

    /// Problems as OPA's `{"errors": […]}`.
    package func errors(_ diagnostics: [Diagnostic]) -> String {
        JSONWriter.string(arena.arena.object(["errors": list(diagnostics)]), style: .pretty) + "\n"
    }

    private func list(_ diagnostics: [Diagnostic]) -> Value {
        let arena = self.arena.arena
        let errors = diagnostics.map { problem -> Value in
            var entries = [
                ObjectEntry(key: arena.string("code"), value: arena.string(problem.code)),
                ObjectEntry(key: arena.string("message"), value: arena.string(problem.message)),
            ]
            if let range = problem.range {
                let place = range.position
                let location = arena.object([
                    "file": arena.string(range.file.path), "row": .int(Int64(place.line)), "col": .int(Int64(place.column)),
                ])
                entries.append(ObjectEntry(key: arena.string("location"), value: location))
            }
            if let hint = problem.hint { entries.append(ObjectEntry(key: arena.string("hint"), value: arena.string(hint))) }
            return arena.object(entries)
        }
        return arena.array(errors)
    }
}

extension String {
    /// The first occurrence of `text` at or after `start`.
    fileprivate func range(of text: String, from start: Index) -> Range<Index>? {
        self[start...].firstRange(of: text)
    }
}
