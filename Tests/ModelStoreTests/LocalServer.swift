import Foundation
import Synchronization

/// A web server on this machine that serves files from memory, with byte ranges, and misbehaves on request.
final class LocalServer: Sendable {
  enum Fault: Sendable {
    /// Closes the connection after so many bytes of the answer's body.
    case breakOff(after: Int)
    /// Sends the whole file, regardless of the range that was requested.
    case ignoreRanges
    /// Redirects the client to another path.
    case redirect(to: String)
  }

  struct Request: Hashable, Sendable {
    let path: String
    /// The first byte of the requested range; nil without a range.
    let start: Int?
  }

  private struct State {
    var files: [String: [UInt8]]
    var faults: [Fault] = []
    var requests: [Request] = []
  }

  private let state: Mutex<State>
  private let listener: CInt
  let port: UInt16
  var url: URL { URL(string: "http://127.0.0.1:\(port)/mirror")! }  // The URL is valid for every port.
  /// The requests so far, in order.
  var requests: [Request] { state.withLock { $0.requests } }

  struct Failure: Error {}

  /// - Parameter files: the files by name, which are served below `/mirror`.
  init(_ files: [String: [UInt8]]) throws {
    state = Mutex(State(files: files))
    #if os(Linux)
      listener = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
    #else
      listener = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = listener
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(descriptor, pointer, length) == 0 && listen(descriptor, 8) == 0 && getsockname(descriptor, pointer, &length) == 0
      }
    }
    guard bound else { throw Failure() }
    port = UInt16(bigEndian: address.sin_port)
    // The thread keeps the server alive until stop() closes the socket.
    Thread { [self] in serve() }.start()
  }

  /// Ends the server's thread. Call it at the end of each test.
  func stop() {
    shutdown(listener, CInt(SHUT_RDWR))
    close(listener)
  }

  /// Makes the next answers faulty, each by one of the faults.
  func next(_ faults: Fault...) { state.withLock { $0.faults += faults } }

  private func serve() {
    while true {
      let connection = accept(listener, nil, nil)
      guard connection >= 0 else { return }
      answer(on: connection)
      close(connection)
    }
  }

  private func answer(on connection: CInt) {
    guard let request = Self.readRequest(connection) else { return }
    let (body, fault) = state.withLock { state in
      state.requests.append(request)
      let name = request.path.hasPrefix("/mirror/") ? String(request.path.dropFirst(8)) : ""
      return (state.files[name], state.faults.isEmpty ? nil : state.faults.removeFirst())
    }
    var start = request.start
    var limit = Int.max
    switch fault {
    case .redirect(let path):
      send("HTTP/1.1 302 Found\r\nLocation: \(path)\r\nContent-Length: 5\r\nConnection: close\r\n\r\nmoved", to: connection)
      return
    case .ignoreRanges: start = nil
    case .breakOff(let after): limit = after
    case nil: break
    }
    guard let body else { return send("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno", to: connection) }
    guard (start ?? 0) < body.count else {
      return send("HTTP/1.1 416 Range Not Satisfiable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", to: connection)
    }
    let rest = Array(body[(start ?? 0)...])
    var head = start == nil ? "HTTP/1.1 200 OK\r\n" : "HTTP/1.1 206 Partial Content\r\n"
    if let start { head += "Content-Range: bytes \(start)-\(body.count - 1)/\(body.count)\r\n" }
    send(head + "Content-Length: \(rest.count)\r\nConnection: close\r\n\r\n", to: connection)
    send(Array(rest.prefix(limit)), to: connection)
  }

  private func send(_ text: String, to connection: CInt) { send(Array(text.utf8), to: connection) }

  private func send(_ bytes: [UInt8], to connection: CInt) {
    #if os(Linux)
      let flags = CInt(MSG_NOSIGNAL)
    #else
      let flags: CInt = 0
    #endif
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { Foundation.send(connection, $0.baseAddress, $0.count, flags) }
      // A client that wants no more bytes closes the connection.
      if count <= 0 { return }
      sent += count
    }
  }

  private static func readRequest(_ connection: CInt) -> Request? {
    var text = ""
    var buffer = [UInt8](repeating: 0, count: 4096)
    while !text.contains("\r\n\r\n") {
      let count = recv(connection, &buffer, buffer.count, 0)
      guard count > 0 else { return nil }
      text += String(decoding: buffer[..<count], as: UTF8.self)
    }
    let lines = text.components(separatedBy: "\r\n")
    let words = lines[0].split(separator: " ")
    guard words.count == 3 else { return nil }
    let range = lines.first { $0.lowercased().hasPrefix("range: bytes=") }
    return Request(path: String(words[1]), start: range.flatMap { Int($0.dropFirst(13).prefix { $0.isNumber }) })
  }
}
