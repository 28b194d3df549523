import CZlib

/// Reads chart archives: tar inside of gzip. Nothing is written; names that lead out of the chart are refused.
enum ChartArchive {
    static func files(_ bytes: [UInt8], path: String) throws -> [ChartFile] {
        let tar = try inflated(bytes, path)
        var files: [ChartFile] = []
        var position = 0
        var longName: String?
        while position + 512 <= tar.count {
            let header = tar[position..<position + 512]
            if header.allSatisfy({ $0 == 0 }) { break }
            let size = try number(header, 124, 12, path)
            let kind = header[position + 156]
            let start = position + 512
            guard size <= tar.count - start else { throw HelmProblem("\(path): the archive is cut off") }
            let data = tar[start..<start + size]
            position = start + (size + 511) / 512 * 512
            switch kind {
            case UInt8(ascii: "L"): longName = String(decoding: data.prefix { $0 != 0 }, as: UTF8.self)
            case UInt8(ascii: "x"): longName = paxPath(data) ?? longName
            case UInt8(ascii: "0"), 0:
                let name = longName ?? headerName(header)
                longName = nil
                guard let inner = try innerName(name, path) else { continue }
                if size > ChartFolder.largestFile {
                    throw HelmProblem(
                        "\(path): the file \(inner) is larger than the maximum file size \(ChartFolder.largestFile)")
                }
                if files.count >= ChartFolder.mostFiles {
                    throw HelmProblem("\(path): the archive has more than \(ChartFolder.mostFiles) files")
                }
                files.append(ChartFile(name: inner, bytes: ChartFolder.trimmed(Array(data)), path: path + ":" + inner))
            default: longName = nil
            }
        }
        if files.isEmpty { throw HelmProblem("\(path): no files in chart archive") }
        return files
    }

    private static func headerName(_ header: ArraySlice<UInt8>) -> String {
        let start = header.startIndex
        func text(_ offset: Int, _ length: Int) -> String {
            String(decoding: header[(start + offset)..<(start + offset + length)].prefix { $0 != 0 }, as: UTF8.self)
        }
        let isUstar = header[(start + 257)..<(start + 262)].elementsEqual("ustar".utf8) && header[start + 262] == 0
        let prefix = isUstar ? text(345, 155) : ""
        return prefix.isEmpty ? text(0, 100) : prefix + "/" + text(0, 100)
    }

    private static func number(_ header: ArraySlice<UInt8>, _ offset: Int, _ length: Int, _ path: String) throws -> Int {
        let start = header.startIndex + offset
        let digits = header[start..<start + length].filter { $0 != 0 && $0 != 0x20 }
        guard let number = Int(String(decoding: digits, as: UTF8.self), radix: 8), number >= 0 else {
            throw HelmProblem("\(path): the archive is damaged")
        }
        return number
    }

    /// The path of a pax header: records such as `27 path=a/long/name`.
    private static func paxPath(_ data: ArraySlice<UInt8>) -> String? {
        var rest = data
        while let space = rest.firstIndex(of: 0x20), let length = Int(String(decoding: rest[..<space], as: UTF8.self)),
            length > 0, length <= rest.count
        {
            let record = rest[rest.index(after: space)..<rest.startIndex + length].dropLast()
            if record.starts(with: "path=".utf8) { return String(decoding: record.dropFirst(5), as: UTF8.self) }
            rest = rest.dropFirst(length)
        }
        return nil
    }

    /// The name without the chart's folder; nil for what is no file of the chart.
    private static func innerName(_ name: String, _ path: String) throws -> String? {
        let parts = name.replacing("\\", with: "/").split(separator: "/", omittingEmptySubsequences: false)
        if name.hasPrefix("/") || parts.contains("..") || name.dropFirst().first == ":" {
            throw HelmProblem("\(path): chart illegally contains content outside the base directory: \(name)")
        }
        let inner = parts.filter { !$0.isEmpty && $0 != "." }.dropFirst()
        if parts.first == "Chart.yaml" { throw HelmProblem("\(path): chart yaml not in base directory") }
        return inner.isEmpty ? nil : inner.joined(separator: "/")
    }

    private static func inflated(_ bytes: [UInt8], _ path: String) throws -> [UInt8] {
        var stream = z_stream()
        guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw HelmProblem("\(path): cannot unpack the archive")
        }
        defer { inflateEnd(&stream) }
        var output: [UInt8] = []
        var input = bytes
        var chunk = [UInt8](repeating: 0, count: 256 << 10)
        let result: Int32 = try input.withUnsafeMutableBufferPointer { source in
            stream.next_in = source.baseAddress
            stream.avail_in = UInt32(source.count)
            var status = Z_OK
            repeat {
                let written = chunk.withUnsafeMutableBufferPointer { target -> Int in
                    stream.next_out = target.baseAddress
                    stream.avail_out = UInt32(target.count)
                    status = inflate(&stream, Z_NO_FLUSH)
                    return target.count - Int(stream.avail_out)
                }
                output += chunk[..<written]
                if output.count > ChartFolder.largestChart {
                    throw HelmProblem(
                        "\(path): decompressed chart is larger than the maximum size \(ChartFolder.largestChart)")
                }
                if status == Z_BUF_ERROR, written == 0 { break }
            } while status == Z_OK || status == Z_BUF_ERROR
            return status
        }
        guard result == Z_STREAM_END else { throw HelmProblem("\(path): not a gzip archive, or a damaged one") }
        return output
    }
}
