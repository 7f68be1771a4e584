/** North American area codes in which numbers are made up. */
const AREA_CODES = (
  '201 202 203 205 206 207 208 209 210 212 213 214 215 216 217 218 219 224 225 228 229 231 234 239 240 248 251 252 253 254 ' +
  '256 260 262 267 269 270 276 281 301 302 303 304 305 307 308 309 310 312 313 314 315 316 317 318 319 320 321 323 325 330 ' +
  '334 336 337 339 347 351 352 360 361 386 401 402 404 405 406 407 408 409 410 412 413 414 417 419 423 424 425 430 432 434'
).split(' ');
/** 555-0100 to 555-0199 are set aside for fiction. */
const PER_AREA = 100;

/** @returns the first number from the fictional ranges that is not taken. @throws Error when all 9,000 are. */
export function freeNumber(taken: (number: string) => boolean): string {
  for (const area of AREA_CODES) {
    for (let line = 0; line < PER_AREA; line++) {
      const number = `+1${area}55501${String(line).padStart(2, '0')}`;
      if (!taken(number)) return number;
    }
  }
  throw new Error(`all ${AREA_CODES.length * PER_AREA} numbers that Ringback makes up are taken; give numbers of your own in the seed`);
}
