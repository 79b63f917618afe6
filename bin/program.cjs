// Which file the command line starts from: the program in one piece, where it was built from the sources as they are now,
// else the sources. Written so that the oldest Node anyone may have can read it.
'use strict'
var crypto = require('crypto')
var fs = require('fs')
var path = require('path')

var root = path.join(__dirname, '..')
var SOURCES = path.join(root, 'src', 'doors', 'cli', 'index.ts')

/** Names the state of the sources, and where they lie, by the size and time of each: another word for whatever differs. */
function stateOfSources() {
  var hash = crypto.createHash('sha256').update(root)
  function add(file) {
    var found = fs.statSync(file)
    hash.update(file + ' ' + found.size + ' ' + found.mtimeMs + '\n')
  }
  function addFolder(folder) {
    fs.readdirSync(folder, { withFileTypes: true }).forEach(function (entry) {
      if (entry.isDirectory()) addFolder(path.join(folder, entry.name))
      else if (/\.ts$/.test(entry.name) && !/\.test\.ts$/.test(entry.name)) add(path.join(folder, entry.name))
    })
  }
  add(path.join(root, 'package-lock.json'))
  add(path.join(root, 'scripts', 'build-program.ts'))
  addFolder(path.join(root, 'src'))
  addFolder(path.join(root, 'examples'))
  return hash.digest('hex').slice(0, 16)
}

/**
 * Where the program is, or would be, that was built from the sources in some state.
 * @param {string} state
 */
function builtFrom(state) {
  return path.join(root, 'dist', 'program', state, 'throughline.js')
}

exports.stateOfSources = stateOfSources
exports.builtFrom = builtFrom
/** The file to start from. */
exports.entry = function () {
  var built = builtFrom(stateOfSources())
  return fs.existsSync(built) ? built : SOURCES
}
